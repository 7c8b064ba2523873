namespace Orchestrator.Kubernetes;

/// <summary>Which objects to list, and how.</summary>
public sealed record ListOptions
{
    /// <summary>Label selector, such as <c>app=kafka,tier in (a,b)</c>. Default: null, all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector, such as <c>spec.nodeName=node-1</c>. Default: null, all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>How many objects the server is asked for at a time. Default: 500, as in kubectl; 0 asks for all in one answer.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>The state to list, with <see cref="ResourceVersionMatch"/>. Default: null, the most recent.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary><c>Exact</c> or <c>NotOlderThan</c>; only with <see cref="ResourceVersion"/>. Default: null.</summary>
    public string? ResourceVersionMatch { get; init; }
}

/// <summary>What a list or a watch asks of the server.</summary>
internal sealed record ListQuery
{
    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    public int? Limit { get; init; }

    public string? Continue { get; init; }

    public string? ResourceVersion { get; init; }

    public string? ResourceVersionMatch { get; init; }

    /// <summary>For a watch, with bookmarks: after how many seconds the server ends it. Null for a list.</summary>
    public int? WatchSeconds { get; init; }
}
