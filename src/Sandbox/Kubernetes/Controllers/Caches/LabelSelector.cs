using System.Text.Json;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>Chooses objects by their labels. One without any requirement chooses all; a null selector (see users) none.</summary>
internal sealed class LabelSelector
{
    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    /// <summary>The labels that must have these very values; by one of them candidates are found quickly.</summary>
    public IEnumerable<KeyValuePair<string, string>> Exact =>
        _requirements.Where(each => each is { Operator: "In", Values.Count: 1 })
            .Select(each => KeyValuePair.Create(each.Key, each.Values[0]));

    /// <summary>Whether it asks for nothing.</summary>
    public bool IsEmpty => _requirements.Count == 0;

    /// <summary>Reads <c>{matchLabels, matchExpressions}</c>.</summary>
    public static LabelSelector Of(JsonElement selector) => new(
    [
        .. Labels(selector.Texts("matchLabels")),
        .. selector.Items("matchExpressions").Select(Expression),
    ]);

    /// <summary>Reads a plain map of labels, as services have it.</summary>
    public static LabelSelector OfLabels(JsonElement labels) => new([.. Labels(labels.Texts())]);

    /// <summary>Reads the terms of a node selector over labels.</summary>
    public static LabelSelector OfExpressions(IEnumerable<JsonElement> expressions) => new([.. expressions.Select(Expression)]);

    /// <summary>Whether an object with these labels is chosen.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (Requirement requirement in _requirements)
        {
            if (!requirement.Holds(labels.GetValueOrDefault(requirement.Key)))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<Requirement> Labels(IEnumerable<KeyValuePair<string, string>> labels) =>
        labels.Select(label => new Requirement(label.Key, "In", [label.Value]));

    private static Requirement Expression(JsonElement expression) => new(
        expression.Text("key") ?? "",
        expression.Text("operator") ?? "In",
        [.. expression.Items("values").Select(value => value.GetString() ?? "")]);

    private sealed record Requirement(string Key, string Operator, IReadOnlyList<string> Values)
    {
        public bool Holds(string? value) => Operator switch
        {
            "In" => value is not null && Values.Contains(value),
            "NotIn" => value is null || !Values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            "Gt" => long.TryParse(value, out long more) && long.TryParse(Values[0], out long low) && more > low,
            "Lt" => long.TryParse(value, out long less) && long.TryParse(Values[0], out long high) && less < high,
            _ => false,
        };
    }
}
