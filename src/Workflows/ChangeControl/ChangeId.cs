using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// The name of a change: <c>CHG-yyyyMMdd-XXXX-XXXX-XXXX-XXXX</c>, where the four groups are 80 bits in Crockford's base 32: too many for
/// anybody to find a request id that gives the name of another's change.
/// </summary>
public static partial class ChangeId
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Groups = 4;
    private const int GroupLength = 4;
    private const int BitsPerCharacter = 5;

    /// <summary>
    /// The name that a start with this request id has on this day (UTC). The same request id for the same procedure and target gives the
    /// same name, so that a start that is sent twice makes one run; another procedure, target or day gives another.
    /// </summary>
    /// <param name="procedure">The procedure's name, such as <c>roll-kafka-cluster</c>.</param>
    /// <param name="target">What it is aimed at, as the caller names it.</param>
    /// <param name="requestId">The idempotency key of the start.</param>
    /// <param name="submittedAt">When it was asked for.</param>
    public static string Create(string procedure, ChangeTarget target, string requestId, DateTimeOffset submittedAt)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{procedure}\n{target}\n{requestId}"));
        StringBuilder text = new($"CHG-{submittedAt.UtcDateTime:yyyyMMdd}");
        for (int i = 0; i < Groups * GroupLength; i++)
        {
            text.Append(i % GroupLength == 0 ? "-" : "").Append(Alphabet[Bits(hash, i * BitsPerCharacter)]);
        }

        return text.ToString();
    }

    /// <summary>The id of a procedure's workflow: <c>procedure-in-kebab-case/target/change</c>.</summary>
    public static string WorkflowId(string procedure, ChangeTarget target, string changeId) => $"{procedure}/{target}/{changeId}";

    /// <summary>The ids of a schedule's workflows begin so; the server adds the time that each is for.</summary>
    public static string ScheduledWorkflowId(string procedure, ChangeTarget target, string schedule) =>
        $"{procedure}/{target}/{schedule}";

    /// <summary>
    /// The change that a procedure's workflow id ends with; of a schedule's, the one that its name and time give; the whole id where it is
    /// neither, as of a run that was started by hand.
    /// </summary>
    public static string Of(string workflowId)
    {
        if (WorkflowIdPattern().Match(workflowId) is { Success: true } match)
        {
            return match.Groups["change"].Value;
        }

        if (ScheduledPattern().Match(workflowId) is not { Success: true } scheduled
            || !DateTimeOffset.TryParse(
                scheduled.Groups["at"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
        {
            return workflowId;
        }

        string[] target = scheduled.Groups["target"].Value.Split('/');
        return Create(
            scheduled.Groups["procedure"].Value,
            new ChangeTarget(target[0], target.ElementAtOrDefault(1)),
            $"{scheduled.Groups["schedule"].Value}/{scheduled.Groups["at"].Value}",
            at);
    }

    /// <summary>Whether a text has the form of a change's name, or of one that was given by hand: safe as the name of a file.</summary>
    public static bool IsOne(string text) => Pattern().IsMatch(text);

    /// <summary>
    /// What somebody typed as the name of a change, or as its beginning, in the form in which it is searched for: in upper case, with 0 for
    /// O and 1 for I and L. Null where it is not the beginning of one.
    /// </summary>
    public static string? Beginning(string typed)
    {
        string text = typed.Trim().ToUpperInvariant();
        return !BeginningPattern().IsMatch(text)
            ? null
            : $"CHG-{text[4..].Replace('O', '0').Replace('I', '1').Replace('L', '1')}";
    }

    private static int Bits(byte[] hash, int from)
    {
        // Five bits lie in at most two bytes.
        int two = (hash[from / 8] << 8) | hash[(from / 8) + 1];
        return (two >> (16 - BitsPerCharacter - (from % 8))) & ((1 << BitsPerCharacter) - 1);
    }

    [GeneratedRegex(@"^CHG-[0-9]{8}(-[0-9A-HJKMNP-TV-Z]{1,16}){1,4}\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[a-z0-9-]+/[^/]+(/[^/]+)?/(?<change>CHG-[0-9]{8}(-[0-9A-HJKMNP-TV-Z]{1,16}){1,4})\z")]
    private static partial Regex WorkflowIdPattern();

    [GeneratedRegex(
        @"^(?<procedure>[a-z0-9-]+)/(?<target>[^/]+(/[^/]+)?)/(?<schedule>[a-z0-9-]+)-(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\z")]
    private static partial Regex ScheduledPattern();

    [GeneratedRegex(@"^CHG-[0-9A-Z-]{1,40}\z")]
    private static partial Regex BeginningPattern();
}
