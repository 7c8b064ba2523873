namespace Temporalio.Tests;

/// <summary>Bounds every wait of a test.</summary>
internal static class Bounded
{
    /// <summary>Far longer than what is waited for takes on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task Within(this Task task) => task.WaitAsync(Limit);

    /// <summary>Ends with the token's cancellation, and without an exception.</summary>
    public static async Task CancelledWithin(this CancellationToken cancellationToken)
    {
        TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task.Within();
    }
}
