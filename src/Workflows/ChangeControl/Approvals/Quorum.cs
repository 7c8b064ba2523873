namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>Whether the people that the configuration names can give an approval, without the one who asks for it. Pure.</summary>
internal static class Quorum
{
    /// <summary>Why they cannot; null where they can. A role that everybody has can always be filled.</summary>
    public static Refusal? Refuse(ChangeTier tier, IReadOnlyList<ApprovalRequirement> requirements, VoterRoles voters, string requestedBy)
    {
        string requester = Actor.Subject(requestedBy);
        List<ApprovalRequirement> named = [.. requirements.Where(place => !voters.Everybody.Contains(place.Role))];
        List<string> places = [.. named.SelectMany(place => Enumerable.Repeat(place.Role, place.Count))];
        List<string> people =
        [
            .. voters.Named
                .Select(entry => entry.Subject)
                .Where(subject => !Actor.Same(subject, requester))
                .Distinct(Actor.Comparer),
        ];
        int filled = Filled(places, people, voters);
        return filled == places.Count
            ? null
            : Refusal.Block(
                ReasonCodes.QuorumImpossible,
                $"{tier} needs {places.Count} approvers other than {requester} ({ApprovalRequirement.Text(named)}); "
                    + $"the roles provide {filled}.",
                $"tier {tier}",
                $"{filled}",
                $"{places.Count}",
                "Assign the roles to more people in the worker's configuration.");
    }

    // The most places that can be filled with one person each: a place may take a person from another that somebody else can fill.
    private static int Filled(List<string> places, List<string> people, VoterRoles voters)
    {
        int[] placeOf = [.. people.Select(_ => -1)];
        return Enumerable.Range(0, places.Count).Count(place => Fill(place, new bool[people.Count]));

        bool Fill(int place, bool[] tried)
        {
            for (int person = 0; person < people.Count; person++)
            {
                if (!tried[person] && voters.VotingRolesOf(people[person]).Contains(places[place]))
                {
                    tried[person] = true;
                    if (placeOf[person] < 0 || Fill(placeOf[person], tried))
                    {
                        placeOf[person] = place;
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
