using Temporalio.Workflows;

namespace Orchestrator.Workflows.Assessments;

/// <summary>A section that an assessment reads.</summary>
/// <param name="Name">Its name: the same in report, history and documentation.</param>
/// <param name="ReadAsync">Reads it, with the options that it is given.</param>
public sealed record Probe(string Name, Func<ActivityOptions, Task<SectionReading>> ReadAsync);
