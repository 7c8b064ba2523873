namespace Orchestrator.Store;

/// <summary>The store cannot be reached or written now; the same call may succeed later.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Says why.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>What is kept is not what the caller would have written: somebody changed it, or two runs claim one place.</summary>
public sealed class StoreConflictException : Exception
{
    /// <summary>Says what differs.</summary>
    public StoreConflictException(string message)
        : base(message)
    {
    }
}

/// <summary>The schema is not one that this version can work with.</summary>
public sealed class StoreSchemaException : Exception
{
    /// <summary>Says what is wrong, and what to do.</summary>
    public StoreSchemaException(string message)
        : base(message)
    {
    }
}
