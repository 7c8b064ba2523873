using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Notifications;

/// <summary>
/// The notices of a run: each is brought by a workflow of its own, which goes on where this one ends. Where the policy says that nobody is
/// told, nothing is begun.
/// </summary>
/// <param name="subject">What the notices are about: the change or the report.</param>
/// <param name="target">What that is aimed at.</param>
/// <param name="incident">What trouble belongs to. Default: the subject.</param>
internal sealed class RunNotices(string subject, string target, string? incident = null)
{
    private readonly List<Task> _begun = [];

    /// <summary>Whether somebody is told; false until the policy is read.</summary>
    public bool IsOn { get; set; }

    /// <summary>Whether people were told of trouble, and not yet that it is over.</summary>
    public bool IsTroubled { get; private set; }

    /// <summary>Begins to tell.</summary>
    /// <param name="type">What happened, such as <c>gate.waiting</c>.</param>
    /// <param name="severity">How much it asks.</param>
    /// <param name="title">A short line.</param>
    /// <param name="sentence">What happened, and what to do.</param>
    /// <param name="isTrouble">True: it needs somebody. False: what needed somebody is over. Null: neither.</param>
    public void Tell(string type, NotificationSeverity severity, string title, string sentence, bool? isTrouble = null)
    {
        if (!IsOn)
        {
            return;
        }

        int number = _begun.Count + 1;
        NotificationEvent notice = new(type, severity, $"{subject}/{type}/{number}", title, sentence)
        {
            Target = target,
            ChangeId = subject,
            Incident = isTrouble is null ? null : incident ?? subject,
            IsOver = isTrouble == false,
        };
        IsTroubled = isTrouble ?? IsTroubled;
        _begun.Add(BeginAsync(notice, $"{Workflow.Info.WorkflowId}/notice/{number}"));
    }

    /// <summary>Waits until every notice is with the workflow that brings it, which takes no channel.</summary>
    public Task BegunAsync() => Workflow.WhenAllAsync(_begun);

    private static async Task BeginAsync(NotificationEvent notice, string id)
    {
        IRawValue input = Workflow.PayloadConverter.ToRawValue(notice);
        try
        {
            await Workflow.StartChildWorkflowAsync(
                (TellPeopleWorkflow w) => w.RunAsync(input),
                new()
                {
                    Id = id,
                    StaticSummary = notice.Title,
                    ParentClosePolicy = ParentClosePolicy.Abandon,
                    CancellationToken = CancellationToken.None,
                });
        }
        catch (WorkflowAlreadyStartedException)
        {
            // An earlier run of the same name has told it.
        }
    }
}
