using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.Kubernetes;

/// <summary>
/// Through here goes every request of a client, WebSockets included. It signs the request; gives it a time limit that ends with the last
/// byte of the answer, watches, followed logs and WebSockets aside; waits where the server throttles and says for how long; and turns
/// everything that can go wrong into an <see cref="ApiException"/>. Every write names our field manager and asks the server to refuse
/// fields that it does not know rather than drop them, as kubectl does, unless the caller says otherwise.
/// </summary>
internal sealed class CallHandler(
    ClusterConnection connection, CredentialSource credentials, CertificateConnections certificates, TimeProvider timeProvider)
    : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ApiCall call = ApiCall.Of(request, connection.Server);
        Complete(request, call);
        CallDeadline deadline = new(connection.Timeout, timeProvider);
        CallDeadline? unused = deadline;
        try
        {
            using CancellationTokenSource linked = deadline.Linked(cancellationToken);
            while (true)
            {
                HttpResponseMessage response = await SendOnceAsync(request, call, linked.Token);
                if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
                {
                    return response;
                }

                if (response.IsSuccessStatusCode)
                {
                    unused = call.IsLive ? deadline : null;
                    response.Content = new AnswerContent(call, response.Content, call.IsLive ? null : deadline);
                    return response;
                }

                ApiException error = await FailedAnswer.ReadAsync(call, response, linked.Token);
                if (!ShouldWait(call, error, deadline))
                {
                    throw error;
                }

                await Task.Delay(error.RetryAfter!.Value, timeProvider, cancellationToken);
            }
        }
        catch (Exception e) when (MissingAnswer.IsCauseOf(e))
        {
            throw deadline.Explain(call, e, cancellationToken);
        }
        finally
        {
            unused?.Dispose();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            certificates.Dispose();
            credentials.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool ShouldWait(ApiCall call, ApiException error, CallDeadline deadline) =>
        call.WaitsWhenThrottled
        && error.StatusCode == HttpStatusCode.TooManyRequests
        && error.RetryAfter is { } wait
        && wait < deadline.Remaining;

    private void Complete(HttpRequestMessage request, ApiCall call)
    {
        request.Headers.Host = connection.TlsServerName;
        Add(request, "Impersonate-User", connection.ImpersonateUser);
        Add(request, "Impersonate-Uid", connection.ImpersonateUid);
        Add(request, "Impersonate-Group", connection.ImpersonateGroup);
        if (call.Writes)
        {
            AddParameter(request, "fieldManager", connection.FieldManager);
            AddParameter(request, "fieldValidation", "Strict");
        }
    }

    private static void Add(HttpRequestMessage request, string header, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }

    private static void AddParameter(HttpRequestMessage request, string name, string value)
    {
        Uri address = request.RequestUri!;
        if (!address.Query.Split('?', '&').Any(part => part.StartsWith($"{name}=", StringComparison.Ordinal)))
        {
            char separator = address.Query.Length == 0 ? '?' : '&';
            request.RequestUri = new Uri($"{address.AbsoluteUri}{separator}{name}={Uri.EscapeDataString(value)}");
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, ApiCall call, CancellationToken cancellationToken)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            Credential credential = await credentials.GetAsync(call, cancellationToken);
            request.Headers.Authorization = credential.Token is null ? null : new AuthenticationHeaderValue("Bearer", credential.Token);
            HttpResponseMessage response = certificates.For(call, credential) is { } own
                ? await own.SendAsync(request, cancellationToken)
                : await base.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Unauthorized || !isFirst || !credentials.Forget(credential))
            {
                return response;
            }

            response.Dispose();
        }
    }
}
