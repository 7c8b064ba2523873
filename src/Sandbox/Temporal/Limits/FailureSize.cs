using System.Text;
using Temporalio.Api.Failure.V1;

namespace Orchestrator.Sandbox.Temporal.Limits;

/// <summary>Failures that are too large: what remains of one is the cause of another that says so.</summary>
internal static class FailureSize
{
    // What a field costs beside its text, as the real server reckons.
    private const int Overhead = 4;
    private const string Message = "Failure exceeds size limit.";

    /// <summary>What ends an activity whose answer is too large.</summary>
    public static Failure Refusal(string what) => new() { Message = what, ServerFailureInfo = new() { NonRetryable = true } };

    /// <summary>What an activity fails with: a failure that is too large fails it for good.</summary>
    public static Failure Taken(Failure failure) => !Sizes.IsTooLarge(failure) ? failure
        : new() { Message = Message, ServerFailureInfo = new() { NonRetryable = true }, Cause = Cut(failure, Sizes.BlobWarning) };

    /// <summary>What of a failure is kept while the next try is waited for.</summary>
    public static Failure Kept(Failure failure) => failure.CalculateSize() <= Sizes.KeptFailure ? failure
        : new() { Message = Message, ServerFailureInfo = new(), Cause = Cut(failure, Sizes.KeptFailure) };

    private static Failure Cut(Failure failure, int bytes)
    {
        Failure cut = failure switch
        {
            { ApplicationFailureInfo: { } info } =>
                new() { ApplicationFailureInfo = new() { Type = info.Type, NonRetryable = info.NonRetryable } },
            { ServerFailureInfo: { } info } => new() { ServerFailureInfo = new() { NonRetryable = info.NonRetryable } },
            _ => new(),
        };
        int left = bytes - cut.CalculateSize() - Overhead;
        cut.Source = Take(failure.Source, ref left);
        cut.Message = Take(failure.Message, ref left);
        cut.StackTrace = Take(failure.StackTrace, ref left);
        if (failure.Cause is not null && left > 0)
        {
            cut.Cause = Cut(failure.Cause, left);
        }

        return cut;
    }

    private static string Take(string text, ref int left)
    {
        int most = Math.Max(0, left - Overhead);
        int length = text.Length;
        while (Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) > most)
        {
            // A character has at most three bytes a unit: far from the end, as many can go at once.
            length -= Math.Max(1, (Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) - most) / 3);
        }

        length -= length > 0 && char.IsHighSurrogate(text[length - 1]) ? 1 : 0;
        left -= Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) + Overhead;
        return text[..length];
    }
}
