namespace Temporalio.Tests.Recovery;

/// <summary>What a <see cref="StepsWorkflow"/> does.</summary>
/// <param name="Name">The name under which its effects are kept.</param>
/// <param name="Steps">The number of its steps.</param>
/// <param name="SilentFor">How long a step may be silent before it is given to another worker.</param>
public sealed record StepsInput(string Name, int Steps, TimeSpan SilentFor);
