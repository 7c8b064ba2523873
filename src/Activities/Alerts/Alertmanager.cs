using System.Security.Cryptography;
using System.Text.Json;
using k8s;
using Microsoft.Extensions.Http.Resilience;
using Orchestrator.Activities.Http;
using Orchestrator.Activities.Secrets;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.ChangeControl.Planning;
using Polly;
using Polly.Timeout;

namespace Orchestrator.Activities.Alerts;

/// <summary>Reads critical alerts from an Alertmanager, version 2 of its API.</summary>
internal sealed class Alertmanager(TimeProvider timeProvider) : IDisposable
{
    private readonly HttpClients _clients = new(timeProvider);
    private readonly ResiliencePipeline<HttpResponseMessage> _once = PatientTries.Once<HttpResponseMessage>(timeProvider);
    private readonly ResiliencePipeline<HttpResponseMessage> _patient =
        PatientTries.Of<HttpResponseMessage>(timeProvider, HttpClientResiliencePredicates.IsTransient);

    /// <summary>Reads them. An outage is given 15 s to pass; an answer that is wrong is not asked for again.</summary>
    /// <param name="cluster">The cluster; its inventory names an Alertmanager.</param>
    /// <param name="client">Its API, for credentials in Secrets.</param>
    /// <param name="reach">Whose alerts count.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AlertsUnreadableException">They could not be read.</exception>
    public Task<FiringAlerts> ReadAsync(Cluster cluster, IKubernetes client, BlastRadius reach, CancellationToken cancellationToken) =>
        ReadAsync(_patient, cluster, client, reach, cancellationToken);

    /// <summary>Reads them with a single try of 5 s, for callers that read again soon.</summary>
    /// <inheritdoc cref="ReadAsync(Cluster, IKubernetes, BlastRadius, CancellationToken)"/>
    public Task<FiringAlerts> ReadOnceAsync(
        Cluster cluster, IKubernetes client, BlastRadius reach, CancellationToken cancellationToken) =>
        ReadAsync(_once, cluster, client, reach, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    private async Task<FiringAlerts> ReadAsync(
        ResiliencePipeline<HttpResponseMessage> tries,
        Cluster cluster,
        IKubernetes client,
        BlastRadius reach,
        CancellationToken cancellationToken)
    {
        AlertmanagerOptions options = cluster.Options.Alertmanager;
        AlertFilter filter = AlertFilter.Of(options, cluster.Name, reach);
        Uri address = new(options.Url!.TrimEnd('/') + "/");
        try
        {
            SecretReader secrets = new(client, cluster.DefaultNamespace);
            using HttpResponseMessage response = await tries.ExecuteAsync(
                async token => await AskAsync(new Uri(address, filter.Query), options, secrets, token), cancellationToken);
            return response.IsSuccessStatusCode
                ? FiringAlerts.Read(await response.Content.ReadAsStreamAsync(cancellationToken), filter) with
                {
                    Clock = response.Headers.Date,
                }
                : throw new AlertsUnreadableException($"{address} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        catch (TimeoutRejectedException)
        {
            throw new AlertsUnreadableException($"{address} did not answer within {PatientTries.EachWithin.TotalSeconds:0} s.");
        }
        catch (HttpRequestException e)
        {
            throw new AlertsUnreadableException($"{address} does not answer: {(e.InnerException ?? e).Message.TrimEnd('.')}.");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new AlertsUnreadableException($"{address} did not answer with a list of alerts: {e.Message}");
        }
        catch (SecretUnreadableException e)
        {
            throw new AlertsUnreadableException($"{address} needs {e.Reference}: {e.Reason}");
        }
        catch (CryptographicException)
        {
            // Its text may repeat what the reference led to.
            throw new AlertsUnreadableException($"{options.CertificateAuthority} has no PEM certificates to verify {address} with.");
        }
    }

    // The answer is read as a whole within the try: what a server begins to say and does not end is no answer.
    private async Task<HttpResponseMessage> AskAsync(
        Uri address, AlertmanagerOptions options, SecretReader secrets, CancellationToken cancellationToken)
    {
        HttpAccess access = await HttpAccess.ResolveAsync(options, secrets, cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Authorization = access.Authorization;
        HttpClient http = _clients.Of(access.CertificateAuthority);
        return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
    }
}
