namespace Orchestrator.Sandbox.Alertmanager;

/// <summary>The silences. Not safe for threads.</summary>
internal sealed class Silences(TimeProvider clock)
{
    private static readonly string[] States = ["active", "pending", "expired"];

    private readonly Dictionary<string, Silence> _silences = new(StringComparer.Ordinal);

    /// <summary>The silences that are in force for an alert, by id.</summary>
    public IReadOnlyList<string> Of(IReadOnlyDictionary<string, string> labels) =>
    [
        .. _silences.Values
            .Where(silence => StateOf(silence) == States[0] && silence.Matchers.All(matcher => matcher.Matches(labels)))
            .Select(silence => silence.Id)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Sets a silence; its id. One that is in force and whose matchers are changed ends, and another takes its place.</summary>
    /// <exception cref="FormatException">It is not a silence.</exception>
    /// <exception cref="InvalidDataException">A field is missing.</exception>
    /// <exception cref="KeyNotFoundException">It names an id that is not there.</exception>
    public string Post(PostedSilence posted)
    {
        DateTimeOffset now = clock.GetUtcNow();
        (IReadOnlyList<SilenceMatcher> matchers, DateTimeOffset from, DateTimeOffset until, string by, string comment) = Whole(posted);
        if (until < now)
        {
            throw new FormatException("Failed to create silence: end time can't be in the past");
        }

        if (from >= until)
        {
            throw new FormatException("Failed to create silence: start time must be before end time");
        }

        List<LabelMatcher> conditions =
        [
            .. matchers.Select(matcher => new LabelMatcher(
                matcher.Name ?? "", matcher.Value ?? "", matcher.IsRegex ?? false, matcher.IsEqual ?? true)),
        ];
        if (conditions.TrueForAll(matcher => matcher.Matches(new Dictionary<string, string>())))
        {
            throw new FormatException("silence invalid: at least one matcher must not match the empty string");
        }

        Silence? known = string.IsNullOrEmpty(posted.Id) ? null : Find(posted.Id);
        bool isSame = known is not null && StateOf(known) != States[2] && Same(known.Matchers, conditions);
        if (known is not null && !isSame)
        {
            Expire(known.Id);
        }

        string id = isSame ? known!.Id : $"{Guid.NewGuid()}";
        _silences[id] = new(id, conditions, from < now && !isSame ? now : from, until, by, comment, now);
        return id;
    }

    /// <summary>Ends a silence; one that has ended stays as it is.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public void Expire(string id)
    {
        Silence silence = Find(id);
        DateTimeOffset now = clock.GetUtcNow();
        _silences[id] = StateOf(silence) switch
        {
            "expired" => silence,
            "pending" => silence with { StartsAt = now, EndsAt = now, UpdatedAt = now },
            _ => silence with { EndsAt = now, UpdatedAt = now },
        };
    }

    /// <summary>All of them: those in force first, then those to come, then those that have ended.</summary>
    public IReadOnlyList<ShownSilence> List() =>
    [
        .. _silences.Values.Select(Show).OrderBy(silence => Array.IndexOf(States, silence.Status.State))
            .ThenBy(silence => silence.Status.State == States[1] ? silence.StartsAt : silence.EndsAt),
    ];

    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ShownSilence Get(string id) => Show(Find(id));

    // By the names of the fields, as the real server's schema is checked.
    private static (IReadOnlyList<SilenceMatcher>, DateTimeOffset, DateTimeOffset, string, string) Whole(PostedSilence posted)
    {
        string? missing = posted.Comment is null ? "comment" : posted.CreatedBy is null ? "createdBy" : posted.EndsAt is null ? "endsAt"
            : posted.Matchers is null ? "matchers" : posted.StartsAt is null ? "startsAt" : null;
        return missing is null
            ? (posted.Matchers!, posted.StartsAt!.Value, posted.EndsAt!.Value, posted.CreatedBy!, posted.Comment!)
            : throw new InvalidDataException($"{missing} in body is required");
    }

    private static bool Same(IReadOnlyList<LabelMatcher> one, IReadOnlyList<LabelMatcher> other) =>
        one.Select(Key).Order(StringComparer.Ordinal).SequenceEqual(other.Select(Key).Order(StringComparer.Ordinal));

    private static string Key(LabelMatcher matcher) => $"{matcher.Name} {matcher.IsEqual} {matcher.IsRegex} {matcher.Value}";

    private Silence Find(string id) => _silences.GetValueOrDefault(id) ?? throw new KeyNotFoundException("silence not found");

    private string StateOf(Silence silence)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return now >= silence.EndsAt ? States[2] : now < silence.StartsAt ? States[1] : States[0];
    }

    private ShownSilence Show(Silence silence) => new(
        silence.Id,
        new(StateOf(silence)),
        silence.UpdatedAt,
        silence.Comment,
        silence.CreatedBy,
        silence.EndsAt,
        [.. silence.Matchers.Select(matcher => new SilenceMatcher(matcher.IsEqual, matcher.IsRegex, matcher.Name, matcher.Value))],
        silence.StartsAt);

    private sealed record Silence(
        string Id,
        IReadOnlyList<LabelMatcher> Matchers,
        DateTimeOffset StartsAt,
        DateTimeOffset EndsAt,
        string CreatedBy,
        string Comment,
        DateTimeOffset UpdatedAt);
}
