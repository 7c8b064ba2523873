namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>Whether the world still is as it was when a plan was approved.</summary>
public static class PlanComparison
{
    /// <summary>What differs between the approved plan and the one made again under way; empty where they are the same.</summary>
    /// <returns>One sentence a difference, naming the item or the fact and both values.</returns>
    public static IReadOnlyList<string> Differences(Plan approved, Plan now)
    {
        if (PlanHash.Of(approved) == PlanHash.Of(now))
        {
            return [];
        }

        List<string> differences = [];
        if (approved.ClusterUid != now.ClusterUid)
        {
            differences.Add($"The cluster is another one: its UID was {approved.ClusterUid} and is {now.ClusterUid}.");
        }

        differences.AddRange(FactDifferences(Exact(approved), Exact(now)));
        differences.AddRange(ItemDifferences(approved.Items, now.Items));
        if (differences.Count == 0)
        {
            differences.Add("The procedure or its inputs are not those of the approved plan.");
        }

        return differences;
    }

    private static List<ObservedFact> Exact(Plan plan) => [.. plan.Observed.Where(fact => fact.Tolerance == FactTolerance.Exact)];

    private static IEnumerable<string> FactDifferences(List<ObservedFact> before, List<ObservedFact> after)
    {
        foreach (ObservedFact fact in before)
        {
            string? value = after.Find(other => other.Key == fact.Key)?.Value;
            if (value != fact.Value)
            {
                yield return value is null ? $"{fact.Key} was {fact.Value} and is gone." : $"{fact.Key} was {fact.Value} and is {value}.";
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
            yield return $"The plan had {before.Count} items and has {after.Count}.";
            yield break;
        }

        foreach ((PlanItem was, PlanItem @is) in before.Zip(after))
        {
            if (CanonicalJson.Serialize(was) != CanonicalJson.Serialize(@is))
            {
                yield return $"Item {was.Seq} ({was.Step}, {was.Object}) is not the same any more.";
            }
        }
    }
}
