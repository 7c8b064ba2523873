using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>
/// What approvers bind their vote to: SHA-256, as lower-case hex, over the canonical JSON of what the plan is for, the digest of the exact
/// facts that it rests on, and the root over its items, so that an act can prove its item without carrying the plan
/// (<see cref="PlanTree"/>). Estimates, warnings and facts that may move are shown but not hashed.
/// </summary>
public static class PlanHash
{
    /// <summary>The hash of a plan: 64 characters.</summary>
    public static string Of(Plan plan) => new PlanTree(plan).Hash;

    /// <summary>
    /// The digest of the inputs that decide what is done: the procedure's own, the target, and how a failure is answered.
    /// </summary>
    /// <param name="procedureInputs">The procedure's own fields.</param>
    /// <param name="target">The target, with its namespace resolved.</param>
    /// <param name="class">The class of the change.</param>
    /// <param name="onFailure">What a failure leads to, with the tier's default filled in.</param>
    public static string InputsDigest<T>(T procedureInputs, ChangeTarget target, ChangeClass @class, OnFailure onFailure) =>
        Sha256(CanonicalJson.Serialize(new { procedureInputs, target, @class, onFailure }));

    internal static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
