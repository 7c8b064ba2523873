using System.Diagnostics.CodeAnalysis;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Converters;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <content>Queries.</content>
internal sealed partial class WorkflowInstance
{
    private const string StackTraceQuery = "__stack_trace";
    private const string MetadataQuery = "__temporal_workflow_metadata";

    private readonly LinkedList<WaitTrace> _waits = new();
    private WorkflowQueryDefinition? _dynamicQuery;
    private bool _isReadOnly;

    public override IDictionary<string, WorkflowQueryDefinition> Queries { get; }

    public override WorkflowQueryDefinition? DynamicQuery
    {
        get => _dynamicQuery;
        set
        {
            RequireDynamic(value is null or { Dynamic: true }, "query");
            _dynamicQuery = value;
        }
    }

    /// <summary>Remembers where workflow code waits, for the query of stack traces; null if nobody wants to know.</summary>
    public WaitTrace? BeginWait()
    {
        if (_setup.StackTrace == WorkflowStackTrace.None)
        {
            return null;
        }

        WaitTrace trace = new(_waits, new System.Diagnostics.StackTrace(fNeedFileInfo: _setup.StackTrace == WorkflowStackTrace.Normal));
        _waits.AddLast(trace);
        return trace;
    }

    private void AddQuery(string key, WorkflowQueryDefinition query, Action add)
    {
        RequireName(key, query.Name, "query");
        add();
    }

    private void Receive(QueryWorkflowJob job) => _ = RunAsync(() =>
    {
        _ = Instance;
        Answer(job);
        return Task.CompletedTask;
    });

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a query throws is its answer.")]
    private void Answer(QueryWorkflowJob job)
    {
        int commands = CommandCount;
        try
        {
            Payload? answer = null;
            ReadOnly(() => answer = AnswerOf(job));
            if (CommandCount != commands)
            {
                FailTask(new InvalidOperationException($"The handler of query {job.Name} did more than to look: it made commands."));
                return;
            }

            AddCommand(new AnswerQueryCommand(job.Id, answer, Failure: null));
        }
        catch (Exception e)
        {
            AddCommand(new AnswerQueryCommand(job.Id, Answer: null, ToFailure(e)));
        }
    }

    private Payload AnswerOf(QueryWorkflowJob job)
    {
        // The SDK's own answers are for the UI and do not depend on the user's converter.
        switch (job.Name)
        {
            case StackTraceQuery:
                return DataConverter.Default.PayloadConverter.ToPayload(StackTraces());
            case MetadataQuery:
                return DataConverter.Default.PayloadConverter.ToPayload(Metadata());
        }

        if (!Queries.TryGetValue(job.Name, out WorkflowQueryDefinition? query))
        {
            query = IsReserved(job.Name) ? null : _dynamicQuery;
        }

        if (query is null)
        {
            string known = string.Join(" ", Queries.Keys.Order(StringComparer.Ordinal));
            throw new InvalidOperationException($"Query handler for {job.Name} expected but not found, known queries: [{known}]");
        }

        object?[] arguments = DecodeArguments($"Query {job.Name}", query.Signature, job.Arguments, query.Dynamic ? job.Name : null);
        return _converter.PayloadConverter.ToPayload(query.Invoke(Instance, arguments));
    }

    private void ReadOnly(Action action)
    {
        _isReadOnly = true;
        try
        {
            action();
        }
        finally
        {
            _isReadOnly = false;
        }
    }

    private string StackTraces() => _setup.StackTrace == WorkflowStackTrace.None
        ? throw new InvalidOperationException(
            $"This worker keeps no stack traces of workflows; see {nameof(TemporalWorkerOptions)}.{nameof(WorkflowStackTrace)}.")
        : string.Join("\n\n", _waits.Select(wait => wait.ToString()).Where(text => text.Length > 0).Select(text => $"Task waiting at:\n{text}"));

    private WorkflowMetadata Metadata() => new()
    {
        CurrentDetails = CurrentDetails,
        Definition = new()
        {
            Type = Info.WorkflowType,
            SignalDefinitions = { InOrder(WithDynamic(_dynamicSignal, Signals.Values).Select(s => Interaction(s.Name, s.Description))) },
            QueryDefinitions = { InOrder(WithDynamic(_dynamicQuery, Queries.Values).Select(q => Interaction(q.Name, q.Description))) },
            UpdateDefinitions = { InOrder(WithDynamic(_dynamicUpdate, Updates.Values).Select(u => Interaction(u.Name, u.Description))) },
        },
    };

    private static IEnumerable<T> WithDynamic<T>(T? dynamic, IEnumerable<T> named)
        where T : class => dynamic is null ? named : named.Append(dynamic);

    // The dynamic handler has no name and so comes first.
    private static IEnumerable<WorkflowInteractionDefinition> InOrder(IEnumerable<WorkflowInteractionDefinition> interactions) =>
        interactions.OrderBy(interaction => interaction.Name, StringComparer.Ordinal);

    private static WorkflowInteractionDefinition Interaction(string? name, string? description) =>
        new() { Name = name ?? string.Empty, Description = description ?? string.Empty };
}
