using System.Net;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>
/// Collects the findings of one section. A part that may not be read is a finding of severity Unknown, and the rest is read all the same;
/// an empty list counts only after it was read.
/// </summary>
internal sealed class HealthReading(int most)
{
    private readonly List<Finding> _findings = [];
    private readonly List<string> _read = [];

    /// <summary>Takes findings in.</summary>
    public void Add(IEnumerable<Finding> findings) => _findings.AddRange(findings);

    /// <summary>Takes a finding in.</summary>
    public void Add(Finding finding) => _findings.Add(finding);

    /// <summary>Reads a part.</summary>
    /// <param name="what">What it is, such as <c>persistentvolumes</c>.</param>
    /// <param name="read">Reads it, and says what was read, such as <c>12 volumes</c>.</param>
    /// <exception cref="ApiException">It could not be read, and not for want of a right.</exception>
    public async Task ReadAsync(string what, Func<Task<string>> read)
    {
        try
        {
            _read.Add(await read());
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            _read.Add($"{what}: may not be read");
            _findings.Add(new(ReasonCodes.RbacMissing, FindingSeverity.Unknown, what, $"{e.Message.TrimEnd('.')}.",
                $"Give the worker's account the right to list {what}."));
        }
    }

    /// <summary>The section.</summary>
    public SectionReading Result() => SectionReading.Of(string.Join(", ", _read), _findings, most);
}
