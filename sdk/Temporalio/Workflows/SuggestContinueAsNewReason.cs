namespace Temporalio.Workflows;

/// <summary>Why the server suggests that a run continues as new.</summary>
public enum SuggestContinueAsNewReason
{
    /// <summary>The server gave no reason.</summary>
    Unspecified = 0,

    /// <summary>The history has too many bytes.</summary>
    HistorySizeTooLarge = 1,

    /// <summary>The history has too many events.</summary>
    TooManyHistoryEvents = 2,

    /// <summary>The run has had too many updates.</summary>
    TooManyUpdates = 3,
}
