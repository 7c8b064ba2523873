using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.PersonTasks;

/// <summary>Something that only a person can do or decide, as a step of a procedure asks for it.</summary>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Question">What is asked, and how to do it, with names and numbers.</param>
/// <param name="Role">The role that may answer.</param>
/// <param name="Fields">What the answer must say; none where it is enough that it was done.</param>
/// <param name="Within">How long an answer is waited for; its end is no answer.</param>
public sealed record PersonTask(
    string Title,
    string Question,
    string Role,
    IReadOnlyList<TaskField> Fields,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Within)
{
    /// <summary>Whether the requester of the change may answer. Default: true; false for what somebody else must check.</summary>
    public bool RequesterMayAnswer { get; init; } = true;
}

/// <summary>A field of an answer.</summary>
/// <param name="Name">Its name, in kebab case.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Label">What it means, in one sentence.</param>
public sealed record TaskField(string Name, TaskFieldKind Kind, string Label)
{
    /// <summary>Whether an answer must have it. Default: true.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>What can be chosen, of a <see cref="TaskFieldKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>What a field of an answer takes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskFieldKind>))]
public enum TaskFieldKind
{
    /// <summary>Text of at most 500 characters.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    YesNo,

    /// <summary>One of the choices.</summary>
    Choice,
}
