using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Rendering;

/// <summary>Who acts, and what they may do.</summary>
/// <param name="Subject">Their name.</param>
/// <param name="Standing">Whether the name is verified, and whether that is enough here.</param>
/// <param name="Roles">Their roles, sorted.</param>
/// <param name="Procedures">What they may do with each procedure, in its own tier.</param>
internal sealed record WhoAmI(string Subject, string Standing, IReadOnlyList<string> Roles, IReadOnlyList<WhoAmI.Rights> Procedures)
{
    /// <summary>What somebody may do with a procedure.</summary>
    /// <param name="Procedure">The procedure.</param>
    /// <param name="Tier">Its tier, before anything raises it.</param>
    /// <param name="Request">Whether they may ask for it.</param>
    /// <param name="Approve">The roles in which they may vote on it, unless they asked for it.</param>
    /// <param name="ControlOwn">The controls that they may use where they asked for it.</param>
    /// <param name="ControlOthers">The controls that they may use where somebody else did.</param>
    public sealed record Rights(
        string Procedure,
        ChangeTier Tier,
        bool Request,
        IReadOnlyList<string> Approve,
        IReadOnlyList<string> ControlOwn,
        IReadOnlyList<string> ControlOthers);
}
