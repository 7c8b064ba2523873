using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Stage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>An update of a run. Admitted → sent → accepted → completed; or rejected, after which nobody remembers it.</summary>
internal sealed class RunUpdate(string id, Request request)
{
    public string Id { get; } = id;

    public Request Request { get; } = request;

    public Stage Stage { get; set; } = Stage.Admitted;

    /// <summary>Whether its request is in the history, where a worker finds it: it is then not sent as well.</summary>
    public bool IsInHistory { get; init; }

    /// <summary>Whether a worker has it, in the workflow task that is open.</summary>
    public bool IsSent { get; set; }

    /// <summary>Its event, once it is accepted.</summary>
    public HistoryEvent? Accepted { get; set; }

    /// <summary>What came of it; null before it is completed.</summary>
    public Outcome? Outcome { get; set; }

    /// <summary>Calls that wait for a stage.</summary>
    public List<(Stage Stage, Waiter<RunUpdate> Waiter)> Waiting { get; } = [];

    /// <summary>What ends the calls that wait for it with an error; null where nothing does.</summary>
    public Grpc.Core.RpcException? Aborted { get; set; }

    /// <summary>Tells the calls that wait for the stage it has reached.</summary>
    public void Tell()
    {
        foreach ((Stage Stage, Waiter<RunUpdate> Waiter) row in Waiting.Where(row => Aborted is not null || Stage >= row.Stage).ToList())
        {
            Waiting.Remove(row);
            row.Waiter.Tell(this);
        }
    }
}

/// <summary>The updates of a run.</summary>
internal sealed class RunUpdates(WorkflowRun run)
{
    // Limits of the server: in flight at once, and in the life of a run.
    private const int MostInFlight = 10;
    private const int MostInAll = 2000;

    private readonly Dictionary<string, RunUpdate> _all = new(StringComparer.Ordinal);
    private readonly List<RunUpdate> _order = [];

    /// <summary>Those that were not rejected, in the order in which they came.</summary>
    public IReadOnlyList<RunUpdate> All => _order;

    /// <summary>Whether some wait for a workflow task.</summary>
    public bool HasUnsent => _order.Exists(update => update is { Stage: Stage.Admitted, IsSent: false });

    /// <summary>One by its id; null where there is none, or it was rejected.</summary>
    public RunUpdate? Find(string id) => _all.GetValueOrDefault(id);

    /// <summary>Takes an update in; the same id again is the same update.</summary>
    public RunUpdate Admit(Request request)
    {
        string id = request.Meta.UpdateId;
        if (_all.TryGetValue(id, out RunUpdate? known))
        {
            return known;
        }

        if (_order.Count(update => update.Stage != Stage.Completed) >= MostInFlight)
        {
            throw RpcErrors.ResourceExhausted($"limit on number of concurrent in-flight updates has been reached ({MostInFlight})");
        }

        if (_order.Count >= MostInAll)
        {
            throw RpcErrors.FailedPrecondition(
                $"The limit on the total number of distinct updates in this workflow has been reached ({MostInAll}).");
        }

        RunUpdate update = new(id, request);
        _all[id] = update;
        _order.Add(update);
        run.State.Version++;
        run.Tasks.EnsureForUpdates();
        return update;
    }

    /// <summary>The updates that a workflow task carries to its worker.</summary>
    public IEnumerable<Message> Send(WorkflowTask task)
    {
        foreach (RunUpdate update in _order.Where(update => update is { Stage: Stage.Admitted, IsSent: false }))
        {
            update.IsSent = true;
            if (update.IsInHistory)
            {
                continue;
            }

            yield return new Message
            {
                Id = $"{update.Id}/request", ProtocolInstanceId = update.Id, EventId = task.StartedId - 1, Body = Any.Pack(update.Request),
            };
        }
    }

    /// <summary>Those that were sent with a workflow task that failed are sent with the next one.</summary>
    public void SendAgain()
    {
        foreach (RunUpdate update in _order.Where(update => update.Stage == Stage.Admitted))
        {
            update.IsSent = false;
        }
    }

    /// <summary>Whether all that a worker says of updates is no.</summary>
    public static bool AreRejections(IEnumerable<Message> messages) => messages.All(message => message.Body.Is(Rejection.Descriptor));

    /// <summary>Does what a worker says of an update.</summary>
    public void Apply(Message message)
    {
        if (!_all.TryGetValue(message.ProtocolInstanceId, out RunUpdate? update))
        {
            return;
        }

        if (message.Body.TryUnpack(out Acceptance acceptance))
        {
            Accept(update, acceptance);
        }
        else if (message.Body.TryUnpack(out Response response))
        {
            Complete(update, response);
        }
        else if (message.Body.TryUnpack(out Rejection rejection))
        {
            Reject(update, rejection.Failure);
        }

        update.Tell();
    }

    /// <summary>Rejects those that a worker was sent and said nothing of.</summary>
    public void RejectUnanswered()
    {
        foreach (RunUpdate update in _order.Where(update => update is { Stage: Stage.Admitted, IsSent: true }).ToList())
        {
            Reject(update, new Failure
            {
                Message = "Workflow Update is rejected because it wasn't processed by worker. " +
                "Probably, Workflow Update is not supported by the worker.",
                Source = "Server",
                ApplicationFailureInfo = new() { Type = "UnprocessedUpdate", NonRetryable = true },
            });
            update.Tell();
        }
    }

    /// <summary>
    /// Ends all that are open: the run is closed. Those that no worker has seen go on with the next run, if there is one.
    /// </summary>
    public void RunClosed(WorkflowRun? next)
    {
        foreach (RunUpdate update in _order.Where(update => update.Stage != Stage.Completed).ToList())
        {
            if (update.Stage == Stage.Accepted)
            {
                update.Stage = Stage.Completed;
                update.Outcome = new()
                {
                    Failure = new()
                    {
                        Message = "Workflow Update failed because the Workflow completed before the Update completed.",
                        Source = "Server",
                        ApplicationFailureInfo = new() { Type = "AcceptedUpdateCompletedWorkflow", NonRetryable = true },
                    },
                };
            }
            else if (next is not null)
            {
                next.Updates.Take(update);
                continue;
            }
            else
            {
                update.Aborted = RpcErrors.NotFound("workflow execution already completed");
                _all.Remove(update.Id);
            }

            update.Tell();
        }
    }

    /// <summary>Takes an update in that another run had accepted, with an event of its own.</summary>
    public void Readmit(Request request)
    {
        HistoryEvent admitted = run.History.Make(EventType.WorkflowExecutionUpdateAdmitted);
        admitted.WorkflowExecutionUpdateAdmittedEventAttributes = new() { Request = request, Origin = UpdateAdmittedEventOrigin.Reapply };
        run.Put(admitted);
        Take(new RunUpdate(request.Meta.UpdateId, request) { IsInHistory = true });
    }

    /// <summary>Brings them to where they are after an event of the run whose history is taken over.</summary>
    public void Restore(HistoryEvent made)
    {
        if (made.WorkflowExecutionUpdateAdmittedEventAttributes is { Request: { } admitted })
        {
            Take(new RunUpdate(admitted.Meta.UpdateId, admitted) { IsInHistory = true });
        }
        else if (made.WorkflowExecutionUpdateAcceptedEventAttributes is { AcceptedRequest: null } known
            && Find(known.ProtocolInstanceId) is { } taken)
        {
            taken.Stage = Stage.Accepted;
            taken.Accepted = made;
        }
        else if (made.WorkflowExecutionUpdateAcceptedEventAttributes is { AcceptedRequest: { } request } accepted)
        {
            Take(new RunUpdate(accepted.ProtocolInstanceId, request) { Stage = Stage.Accepted, Accepted = made });
        }
        else if (made.WorkflowExecutionUpdateCompletedEventAttributes is { } completed && Find(completed.Meta.UpdateId) is { } update)
        {
            update.Stage = Stage.Completed;
            update.Outcome = completed.Outcome;
        }
    }

    private void Take(RunUpdate update)
    {
        update.IsSent = false;
        _all[update.Id] = update;
        _order.Add(update);
    }

    private void Accept(RunUpdate update, Acceptance acceptance)
    {
        HistoryEvent accepted = run.History.Make(EventType.WorkflowExecutionUpdateAccepted);
        accepted.WorkflowExecutionUpdateAcceptedEventAttributes = new()
        {
            ProtocolInstanceId = update.Id,
            AcceptedRequestMessageId = acceptance.AcceptedRequestMessageId,
            AcceptedRequestSequencingEventId = acceptance.AcceptedRequestSequencingEventId,
            AcceptedRequest = update.IsInHistory ? null : update.Request,
        };
        update.Accepted = run.History.Append(accepted);
        update.Stage = Stage.Accepted;
    }

    private void Complete(RunUpdate update, Response response)
    {
        HistoryEvent completed = run.History.Make(EventType.WorkflowExecutionUpdateCompleted);
        completed.WorkflowExecutionUpdateCompletedEventAttributes = new()
        {
            Meta = response.Meta, AcceptedEventId = update.Accepted?.EventId ?? 0, Outcome = response.Outcome,
        };
        run.History.Append(completed);
        update.Outcome = response.Outcome;
        update.Stage = Stage.Completed;
    }

    private void Reject(RunUpdate update, Failure failure)
    {
        update.Outcome = new Outcome { Failure = failure };
        update.Stage = Stage.Completed;
        _all.Remove(update.Id);
        _order.Remove(update);
    }
}
