using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Assessments;

/// <summary>The codes of findings that every assessment can have.</summary>
[ReasonTable("Findings")]
public static class AssessmentCodes
{
    /// <summary>A section could not be read.</summary>
    [Reason("A section could not be read, so nobody knows whether it is healthy.", "The sentence says why. Mend that, and assess again.")]
    public const string SectionUnread = "SECTION_UNREAD";

    /// <summary>The API server does not answer.</summary>
    [Reason(
        "The API server of the cluster does not answer, or stopped answering while it was read.",
        "Check the network from the worker and the API server itself; everything else is unknown until it answers.")]
    public const string ApiUnreachable = "API_UNREACHABLE";
}
