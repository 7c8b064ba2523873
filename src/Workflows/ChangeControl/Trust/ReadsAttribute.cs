namespace Orchestrator.Workflows.ChangeControl.Trust;

/// <summary>
/// Says of an activity that it changes nothing, so that anybody may call it. An activity without it runs only where its input is an
/// <see cref="IWarrantedAct"/> or an <see cref="IFrameAct"/> that the calling run is entitled to.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsAttribute : Attribute;
