namespace Temporalio.Workflows;

/// <summary>The update whose handler or validator runs.</summary>
/// <param name="Id">The update's id, unique in the run.</param>
/// <param name="Name">The update's name.</param>
public record WorkflowUpdateInfo(string Id, string Name)
{
    /// <summary>What log lines of the handler carry in their scope.</summary>
    internal IReadOnlyDictionary<string, object> LoggerScope => new Dictionary<string, object>
    {
        ["UpdateId"] = Id,
        ["UpdateName"] = Name,
    };
}
