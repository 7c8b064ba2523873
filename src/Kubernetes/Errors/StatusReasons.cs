namespace Orchestrator.Kubernetes;

/// <summary>Values of <see cref="KubernetesException.Reason"/> that the API server gives, as far as callers decide by them.</summary>
public static class StatusReasons
{
    /// <summary>401: the credentials are missing, wrong or expired.</summary>
    public const string Unauthorized = nameof(Unauthorized);

    /// <summary>403: RBAC, a quota or an admission rule says no.</summary>
    public const string Forbidden = nameof(Forbidden);

    /// <summary>404: no such object, or no such kind of object.</summary>
    public const string NotFound = nameof(NotFound);

    /// <summary>409 on create: the name is taken.</summary>
    public const string AlreadyExists = nameof(AlreadyExists);

    /// <summary>409: a resourceVersion or uid precondition does not hold, or another field manager owns a field.</summary>
    public const string Conflict = nameof(Conflict);

    /// <summary>410: the resourceVersion or continue token is too old.</summary>
    public const string Expired = nameof(Expired);

    /// <summary>410, from older servers: as <see cref="Expired"/>.</summary>
    public const string Gone = nameof(Gone);

    /// <summary>422: the object does not validate; <c>details.causes</c> of the status names the fields.</summary>
    public const string Invalid = nameof(Invalid);

    /// <summary>400: the request cannot be understood.</summary>
    public const string BadRequest = nameof(BadRequest);

    /// <summary>429: too many requests, or a disruption budget refuses an eviction.</summary>
    public const string TooManyRequests = nameof(TooManyRequests);
}
