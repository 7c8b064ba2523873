using Temporalio.Exceptions;

namespace Orchestrator.Workflows.ChangeControl.Inputs;

/// <summary>What was read of a record that somebody sent.</summary>
/// <param name="Value">
/// The record, without the fields that could not be read; null where not even a record without any field can be made, as where a field is
/// required.
/// </param>
/// <param name="Faults">What is wrong with it; empty where nothing is.</param>
internal sealed record ReadInput<T>(T? Value, IReadOnlyList<InputFault> Faults)
    where T : class
{
    private const int MostTold = 20;

    /// <summary>A sentence for each fault, at most twenty and how many more there are.</summary>
    public IReadOnlyList<string> Sentences =>
    [
        .. Faults.Take(MostTold).Select(fault => fault.Sentence),
        .. Faults.Count > MostTold ? [$"And {Faults.Count - MostTold} more."] : Array.Empty<string>(),
    ];

    /// <summary>Why it is refused; null where it is not.</summary>
    public Refusal? Refusal => Faults.Count == 0
        ? null
        : ChangeControl.Refusal.Block(ReasonCodes.InputInvalid, string.Join(" ", Sentences));

    /// <summary>The whole record.</summary>
    /// <exception cref="ApplicationFailureException">Something is wrong with it.</exception>
    public T Require() => Refusal is { } refusal
        ? throw new ApplicationFailureException(refusal.Sentence, errorType: refusal.Code, nonRetryable: true)
        : Value!;
}
