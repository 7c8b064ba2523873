using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Activities.Trust;

/// <summary>A run, as the first event of its history tells it.</summary>
/// <param name="Run">The run.</param>
/// <param name="TaskQueue">The task queue that it was started on: whoever polls that runs its code.</param>
/// <param name="FirstRunId">The run in which its history began: another one where it was reset.</param>
/// <param name="Tier">The tier of its change, as its input makes it; null where it is not a procedure.</param>
/// <param name="RequestedBy">Who asked for the change; null where it is not a procedure.</param>
internal sealed record KnownRun(CallingRun Run, string TaskQueue, string FirstRunId, ChangeTier? Tier, string? RequestedBy);
