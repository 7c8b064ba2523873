using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Schedules;

/// <summary>A start that a schedule is to make.</summary>
/// <param name="Nominal">The time that the spec gives, without jitter; part of the workflow's id.</param>
/// <param name="Overlap">What becomes of it where the run before has not ended.</param>
/// <param name="IsManual">Whether a person asked for it: a pause does not keep it from being made.</param>
internal sealed record BufferedAction(DateTimeOffset Nominal, ScheduleOverlapPolicy Overlap, bool IsManual);
