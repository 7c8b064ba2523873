using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Access;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Pods;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Answers every request: lets the user in, looks what is asked for, and turns refusals into <c>Status</c> objects.</summary>
internal sealed class ApiHandler(KubernetesApi api, Users users, IPodRuntime pods, ApiServerFaults faults, BoxTime time)
{
    private readonly RoleBasedAccess _access = new(api.Store);
    private readonly Discovery _discovery = new(api.Catalogue);
    private readonly OpenApi _openApi = new(api.Catalogue);
    private readonly ResourceRequests _resources = new(api);
    private readonly ScaleRequests _scales = new(api);
    private readonly PodRequests _pods = new(api, pods);
    private readonly AccessReviews _reviews = new(api, users, new RoleBasedAccess(api.Store));

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        if (faults.CutsOff(http.Abort, out IDisposable? open))
        {
            http.Abort();
            return;
        }

        using IDisposable? untilCut = open;
        http.Response.Headers["Audit-Id"] = Guid.NewGuid().ToString();
        http.Response.Headers.CacheControl = "no-cache, private";
        http.Response.Headers.Date = time.Now.ToString("R", CultureInfo.InvariantCulture);
        try
        {
            if (faults.TakesRefusal())
            {
                http.Response.Headers.RetryAfter = "1";
                await TextAsync(http, 429, "Too many requests, please try again later.\n");
                return;
            }

            User user = Impersonated(http, Authenticate(http));
            await AnswerAsync(http, user);
        }
        catch (StatusException e) when (!http.Response.HasStarted)
        {
            if (e.Details?["retryAfterSeconds"] is { } seconds)
            {
                http.Response.Headers.RetryAfter = seconds.ToString();
            }

            await ObjectWriter.AnswerAsync(http, e.ToJson(), e.Code);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client is gone.
        }
    }

    private User Authenticate(HttpContext http)
    {
        string header = http.Request.Headers.Authorization.ToString();
        return header.Length == 0 ? User.Anonymous
            : header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && users.Find(header[7..].Trim()) is { } user ? user
            : throw StatusException.Unauthorized();
    }

    // Who may, acts as somebody else: as kubectl does with --as.
    private User Impersonated(HttpContext http, User user)
    {
        if (http.Request.Headers["Impersonate-User"].ToString() is not { Length: > 0 } name)
        {
            return user;
        }

        if (!_access.Allows(user, new AccessRequest("impersonate", "", "users") { Name = name }))
        {
            throw StatusException.Forbidden(
                new ObjectKey(new GroupResource("", "users"), null, name),
                $"User \"{user.Name}\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope");
        }

        string?[] groups = [.. http.Request.Headers["Impersonate-Group"]];
        if (groups.Length == 0 && name.Split(':') is ["system", "serviceaccount", var space, _])
        {
            groups = ["system:serviceaccounts", $"system:serviceaccounts:{space}"];
        }

        return new User(name, [.. groups.Select(each => each ?? "").Append("system:authenticated").Distinct()]);
    }

    private async Task AnswerAsync(HttpContext http, User user)
    {
        string path = http.Request.Path.Value ?? "";
        if (path is "/healthz" or "/livez" or "/readyz" || path.StartsWith("/livez/", StringComparison.Ordinal)
            || path.StartsWith("/readyz/", StringComparison.Ordinal))
        {
            await TextAsync(http, 200, http.Request.Query.ContainsKey("verbose") ? "[+]ping ok\n[+]etcd ok\nreadyz check passed\n" : "ok");
        }
        else if (ApiRequest.Read(http, api.Catalogue) is { } request)
        {
            Authorize(user, request);
            if (request.Verb is "update" or "patch" && faults.TakesConflict())
            {
                throw StatusException.Modified(request.Key);
            }

            // Who watches, or follows a log, waits for what comes: time may pass.
            using IDisposable? work = request.IsWatch || request.Subresource is "log" or "exec"
                ? null
                : time.Hold($"{request.Verb} {request.Resource.Plural} is being answered");
            await AnswerAsync(request, user);
        }
        else if (!_access.Allows(user, new AccessRequest(http.Request.Method.ToLowerInvariant(), "", "") { Path = path }))
        {
            throw new StatusException(
                403, "Forbidden", $"forbidden: User \"{user.Name}\" cannot {http.Request.Method.ToLowerInvariant()} path \"{path}\"", []);
        }
        else if (!await _openApi.TryAnswerAsync(http) && !await _discovery.TryAnswerAsync(http))
        {
            await TextAsync(http, 404, "404 page not found\n");
        }
    }

    private async Task AnswerAsync(ApiRequest request, User user)
    {
        if (await _reviews.TryAnswerAsync(request, user))
        {
            return;
        }

        bool isOfPod = request.Resource.Key == GroupResource.FromResourceType(ResourceType.Pods)
            && request.Subresource is not ("" or "status" or "resize" or "ephemeralcontainers");
        await (request.Subresource == "scale" ? _scales.AnswerAsync(request)
            : isOfPod ? _pods.AnswerAsync(request)
            : _resources.AnswerAsync(request));
    }

    private void Authorize(User user, ApiRequest request)
    {
        AccessRequest asked = new(request.Verb, request.Resource.Group, request.Resource.Plural)
        {
            Subresource = request.Subresource,
            // A namespace is asked for in itself.
            Namespace = request.Namespace ?? (request.Resource.Key == GroupResource.FromResourceType(ResourceType.Namespaces)
                ? request.Name : null),
            Name = request.Name ?? "",
        };
        if (!_access.Allows(user, asked))
        {
            string where = asked.Namespace is null ? "at the cluster scope" : $"in the namespace \"{asked.Namespace}\"";
            throw StatusException.Forbidden(
                request.Key,
                $"User \"{user.Name}\" cannot {request.Verb} resource \"{asked.FullResource}\" in API group " +
                $"\"{request.Resource.Group}\" {where}");
        }
    }

    private static Task TextAsync(HttpContext http, int code, string text)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted).AsTask();
    }
}
