namespace Orchestrator.Workflows.ChangeControl.PersonTasks;

/// <summary>Why an answer is refused, in the order in which it is checked; a refused one leaves no trace in the history.</summary>
[ReasonTable("Refused answers")]
public static class TaskRefusals
{
    /// <summary>No answer is waited for any more.</summary>
    [Reason("The task is not waiting for an answer: it is answered, or its time is over. The sentence says which.", "Nothing.")]
    public const string NotWaiting = "NOT_WAITING";

    /// <summary>The name is not verified, and this installation requires that; or it lacks the prefix of unverified names.</summary>
    [Reason(
        "The name is not verified, and the installation requires that. Or it does not have the form `unverified:NAME`.",
        "As for the refusal of that name.")]
    public const string ActorUnverified = "ACTOR_UNVERIFIED";

    /// <summary>Who answers asked for the change, and somebody else must answer.</summary>
    [Reason("Who answers requested the change, and the task asks for somebody else.", "Ask a colleague with the role.")]
    public const string ActorIsRequester = "ACTOR_IS_REQUESTER";

    /// <summary>Who answers does not have the role.</summary>
    [Reason("Who answers does not have the role that the task asks for.", "Ask somebody with the role that the sentence names.")]
    public const string ActorLacksRole = "ACTOR_LACKS_ROLE";

    /// <summary>A field of the answer is missing, unknown, or breaks its rule.</summary>
    [Reason(
        "A field of the answer is missing, unknown, or breaks its rule. There is one sentence for each.",
        "`sop tasks` shows the form.")]
    public const string AnswerInvalid = "ANSWER_INVALID";
}
