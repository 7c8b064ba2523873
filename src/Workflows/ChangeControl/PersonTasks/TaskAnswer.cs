using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.PersonTasks;

/// <summary>The answer to a task: the argument of the Update and Signal <c>answer</c>.</summary>
/// <param name="Actor">Who answers.</param>
/// <param name="Values">The fields of the form, by name.</param>
/// <param name="Comment">What else there is to say.</param>
public sealed record TaskAnswer(
    [property: JsonRequired] string Actor, IReadOnlyDictionary<string, string>? Values = null, string? Comment = null)
{
    /// <summary>The value of a field; null where it has none.</summary>
    public string? Value(string field) => Values?.GetValueOrDefault(field);
}

/// <summary>Where a task stands: the answer of its query <c>status</c>, and its result.</summary>
/// <param name="ChangeId">The change that it belongs to.</param>
/// <param name="Target">What that change is aimed at.</param>
/// <param name="Task">What is asked.</param>
/// <param name="State">Whether it is answered.</param>
/// <param name="Until">Until when an answer is taken, exclusive.</param>
/// <param name="Sentence">Where it stands, in one sentence.</param>
/// <param name="Answer">The answer; null where there is none.</param>
/// <param name="AnsweredAt">When it was given.</param>
public sealed record PersonTaskStatus(
    string ChangeId,
    ChangeTarget Target,
    PersonTask Task,
    PersonTaskState State,
    DateTimeOffset Until,
    string Sentence,
    TaskAnswer? Answer = null,
    DateTimeOffset? AnsweredAt = null);

/// <summary>Whether a task is answered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PersonTaskState>))]
public enum PersonTaskState
{
    /// <summary>It waits for an answer.</summary>
    Waiting,

    /// <summary>It is answered.</summary>
    Answered,

    /// <summary>Nobody answered in time.</summary>
    Expired,
}
