using System.Globalization;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>Whether everything still is as it was when a plan was approved.</summary>
public static class PlanComparison
{
    /// <summary>Compares the approved plan with the one made again right before the steps.</summary>
    public static PlanMatch Compare(Plan approved, Plan now) =>
        Differences(approved, now).Count == 0 ? PlanMatch.Same
        : IsNarrower(approved, now) ? PlanMatch.Narrower
        : PlanMatch.Changed;

    /// <summary>What differs between the approved plan and the one made again under way; empty where they are the same.</summary>
    /// <returns>One sentence a difference, naming the item or the fact and both values.</returns>
    public static IReadOnlyList<string> Differences(Plan approved, Plan now)
    {
        List<string> differences = [.. OutOfRange(approved, now)];
        if (PlanHash.Of(approved) == PlanHash.Of(now))
        {
            return differences;
        }

        if (approved.ClusterUid != now.ClusterUid)
        {
            differences.Add($"It is a different cluster: the UID was {approved.ClusterUid} and is now {now.ClusterUid}.");
        }

        differences.AddRange(FactDifferences(Exact(approved), Exact(now)));
        differences.AddRange(ItemDifferences(approved.Items, now.Items));
        differences.AddRange(ItemDifferences(approved.Contingent, now.Contingent));
        if (differences.Count == 0)
        {
            differences.Add("The procedure or its inputs differ from those of the approved plan.");
        }

        return differences;
    }

    private static IEnumerable<string> OutOfRange(Plan approved, Plan now)
    {
        foreach (ObservedFact fact in approved.Observed.Where(fact => fact.Tolerance == FactTolerance.Range))
        {
            string? value = now.Observed.FirstOrDefault(other => other.Key == fact.Key)?.Value;
            bool isIn = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number >= (fact.Least ?? long.MinValue) && number <= (fact.Most ?? long.MaxValue);
            if (!isIn)
            {
                yield return $"{fact.Key} was {fact.Value} and is now {value ?? "gone"}; "
                    + $"allowed is {fact.Least?.ToString() ?? "anything"} to {fact.Most?.ToString() ?? "anything"}.";
            }
        }
    }

    // Fewer items in the same order, each as it was, and no fact that they rest on has moved: somebody else did the rest.
    private static bool IsNarrower(Plan approved, Plan now)
    {
        List<string> was = [.. approved.Items.Select(Content)];
        List<string> left = [.. now.Items.Select(Content)];
        int found = 0;
        foreach (string item in was)
        {
            found += found < left.Count && left[found] == item ? 1 : 0;
        }

        return left.Count < was.Count && found == left.Count
            && (approved.Procedure, approved.Contract, approved.ClusterUid, approved.InputsDigest)
                == (now.Procedure, now.Contract, now.ClusterUid, now.InputsDigest)
            && Exact(now).TrueForAll(Exact(approved).Contains)
            && now.Contingent.Select(Content).SequenceEqual(approved.Contingent.Select(Content))
            && !OutOfRange(approved, now).Any();

        static string Content(PlanItem item) => CanonicalJson.Serialize(item with { Seq = 0 });
    }

    private static List<ObservedFact> Exact(Plan plan) => [.. plan.Observed.Where(fact => fact.Tolerance == FactTolerance.Exact)];

    private static IEnumerable<string> FactDifferences(List<ObservedFact> before, List<ObservedFact> after)
    {
        foreach (ObservedFact fact in before)
        {
            string? value = after.Find(other => other.Key == fact.Key)?.Value;
            if (value != fact.Value)
            {
                yield return $"{fact.Key} was {fact.Value} and is {(value is null ? "gone" : $"now {value}")}.";
            }
        }

        foreach (ObservedFact fact in after.Where(fact => !before.Exists(other => other.Key == fact.Key)))
        {
            yield return $"{fact.Key} is new: {fact.Value}.";
        }
    }

    private static IEnumerable<string> ItemDifferences(IReadOnlyList<PlanItem> before, IReadOnlyList<PlanItem> after)
    {
        if (before.Count != after.Count)
        {
            yield return $"The plan had {before.Count} items and now has {after.Count}.";
            yield break;
        }

        foreach ((PlanItem was, PlanItem now) in before.Zip(after)
            .Where(pair => CanonicalJson.Serialize(pair.First) != CanonicalJson.Serialize(pair.Second)))
        {
            foreach (string difference in ItemDifferences(was, now))
            {
                yield return difference;
            }
        }
    }

    private static IEnumerable<string> ItemDifferences(PlanItem was, PlanItem now)
    {
        if (was != now with { Changes = was.Changes })
        {
            yield return $"Item {was.Seq} was {Text(was)} and is now {Text(now)}.";
            yield break;
        }

        List<string> fields = [.. FieldDifferences(was.Changes, now.Changes)];
        if (fields.Count == 0)
        {
            yield return $"Item {was.Seq}, {Text(was)}, is no longer the same.";
        }

        foreach (string field in fields)
        {
            yield return $"Item {was.Seq}, {Text(was)}: {field}";
        }
    }

    private static IEnumerable<string> FieldDifferences(IReadOnlyList<FieldChange> before, IReadOnlyList<FieldChange> after)
    {
        foreach (string name in before.Concat(after).Select(change => change.Field).Distinct())
        {
            string was = Text(before.FirstOrDefault(change => change.Field == name));
            string now = Text(after.FirstOrDefault(change => change.Field == name));
            if (was != now)
            {
                yield return $"{name} was {was} and is now {now}.";
            }
        }
    }

    private static string Text(PlanItem item) =>
        $"{item.Action} {item.Object}{(item.Object.Uid is null ? "" : $" with UID {item.Object.Uid}")} in step {item.Step} (undo: "
            + $"{item.Undo})";

    private static string Text(FieldChange? change) =>
        change is null ? "not to change" : $"{change.Before ?? "(absent)"} → {change.After ?? "(absent)"}";
}
