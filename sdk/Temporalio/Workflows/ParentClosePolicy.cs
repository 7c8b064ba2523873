namespace Temporalio.Workflows;

/// <summary>What becomes of a child when its parent closes. Continuing as new closes a parent too.</summary>
public enum ParentClosePolicy
{
    /// <summary>The server's default, which is <see cref="Terminate"/>.</summary>
    None = 0,

    /// <summary>The child is terminated.</summary>
    Terminate = 1,

    /// <summary>The child lives on.</summary>
    Abandon = 2,

    /// <summary>The child is asked to cancel.</summary>
    RequestCancel = 3,
}
