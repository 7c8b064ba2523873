using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Activities.Http;
using Orchestrator.Activities.Secrets;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Activities.Alerts;

/// <summary>Reads critical alerts from an Alertmanager, version 2 of its API.</summary>
internal sealed class Alertmanager(TimeProvider timeProvider) : IDisposable
{
    private const string Query = "api/v2/alerts?active=true&silenced=false&inhibited=false&filter=severity%3D%22critical%22";
    private const int Tries = 3;
    private static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(5);

    private readonly HttpClients _clients = new();

    /// <summary>Reads them; what fails is tried again at once, as a server that is restarted is back within moments.</summary>
    /// <param name="cluster">The cluster; its inventory names an Alertmanager.</param>
    /// <param name="client">Its API, for credentials in Secrets.</param>
    /// <param name="reach">Whose alerts count.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The alerts, and what the server's clock says.</returns>
    /// <exception cref="AlertsUnreadableException">They could not be read.</exception>
    public async Task<(IReadOnlyList<CriticalAlert> Alerts, DateTimeOffset? Clock)> ReadAsync(
        Cluster cluster, IKubernetes client, BlastRadius reach, CancellationToken cancellationToken)
    {
        for (int i = 1; ; i++)
        {
            long begun = timeProvider.GetTimestamp();
            try
            {
                return await ReadOnceAsync(cluster, client, reach, cancellationToken);
            }
            catch (AlertsUnreadableException) when (i < Tries)
            {
                // A try that fails at once leaves the server its share of the time to come back.
                TimeSpan left = TryLimit - timeProvider.GetElapsedTime(begun);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left, timeProvider, cancellationToken);
                }
            }
        }
    }

    /// <summary>Reads them, and does not try again: for who comes again anyway.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<(IReadOnlyList<CriticalAlert> Alerts, DateTimeOffset? Clock)> ReadOnceAsync(
        Cluster cluster, IKubernetes client, BlastRadius reach, CancellationToken cancellationToken)
    {
        Uri address = new(cluster.Options.Alertmanager.Url!.TrimEnd('/') + "/");
        using CancellationTokenSource limit = new(TryLimit, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            HttpAccess access = await HttpAccess.ResolveAsync(cluster.Options.Alertmanager, new SecretReader(client, cluster.DefaultNamespace), either.Token);
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(address, Query));
            request.Headers.Authorization = access.Authorization;
            using HttpResponseMessage response = await _clients.Of(access.CertificateAuthority).SendAsync(request, either.Token);
            return response.IsSuccessStatusCode
                ? (FiringAlerts.Of(await response.Content.ReadFromJsonAsync<JsonNode>(either.Token), reach), response.Headers.Date)
                : throw new AlertsUnreadableException($"{address} answers {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AlertsUnreadableException($"{address} gives no answer within {TryLimit.TotalSeconds:0} s.");
        }
        catch (HttpRequestException e)
        {
            throw new AlertsUnreadableException($"{address} does not answer: {(e.InnerException ?? e).Message.TrimEnd('.')}.");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new AlertsUnreadableException($"{address} answers what is no list of alerts: {e.Message}");
        }
        catch (SecretUnreadableException e)
        {
            throw new AlertsUnreadableException($"{address} asks for {e.Reference}: {e.Reason}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();
}
