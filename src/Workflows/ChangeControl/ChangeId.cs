using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>The name of a change: <c>CHG-yyyyMMdd-XXXXXX</c>, six characters of Crockford's base 32.</summary>
public static class ChangeId
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Characters = 6;

    /// <summary>
    /// The name that a start with this request id has on this day (UTC). The same request id gives the same name, so that a start that is
    /// sent twice makes one run; another day gives another.
    /// </summary>
    /// <param name="requestId">The idempotency key of the start.</param>
    /// <param name="submittedAt">When it was asked for.</param>
    public static string Create(string requestId, DateTimeOffset submittedAt)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(requestId));
        string text = string.Concat(hash.Take(Characters).Select(b => Alphabet[b % Alphabet.Length]));
        return $"CHG-{submittedAt.UtcDateTime:yyyyMMdd}-{text}";
    }

    /// <summary>The id of a procedure's workflow: <c>procedure-in-kebab-case/target/change</c>.</summary>
    public static string WorkflowId(string procedure, ChangeTarget target, string changeId) => $"{procedure}/{target}/{changeId}";

    /// <summary>The change that a workflow id ends with; the whole id where it ends with none.</summary>
    public static string Of(string workflowId)
    {
        string last = workflowId[(workflowId.LastIndexOf('/') + 1)..];
        return last.StartsWith("CHG-", StringComparison.Ordinal) ? last : workflowId;
    }
}
