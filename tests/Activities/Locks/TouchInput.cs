using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Inputs;

namespace Orchestrator.Activities.Tests.Locks;

/// <summary>The input of <see cref="TouchWorkflow"/>.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Change">Who asks for what.</param>
/// <param name="By">What is written.</param>
public sealed record TouchInput(ChangeTarget Target, ChangeRequest Change, string By) : IProcedureInput;
