using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>Runs a credential program and reads the ExecCredential that it prints.</summary>
internal sealed class ExecCredentialProgram(ExecCredentialOptions exec, ClusterConnection cluster)
{
    /// <exception cref="ApiException">The program failed, or printed no credential.</exception>
    public async Task<Credential> RunAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using Process process = Start(call);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            // Read, so that the program does not wait for a reader, and thrown away.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? Read(call, await output)
                : throw Failed(
                    call,
                    $"ended with {process.ExitCode}; its output is not shown here, as it may contain secrets; run it by hand to see it");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private Process Start(ApiCall call)
    {
        ProcessStartInfo start = new(exec.Command, exec.Arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach ((string name, string value) in exec.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = ExecInfo().ToJsonString();
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw Failed(call, $"cannot be run: {e.Message}{(exec.InstallHint is null ? "" : $" ({exec.InstallHint.Trim()})")}", e);
        }
    }

    private JsonObject ExecInfo()
    {
        JsonObject spec = new() { ["interactive"] = false };
        if (exec.ProvideClusterInfo)
        {
            spec["cluster"] = new JsonObject
            {
                ["server"] = cluster.Server.ToString(),
                ["tls-server-name"] = cluster.TlsServerName,
                ["insecure-skip-tls-verify"] = cluster.InsecureSkipTlsVerify,
                ["certificate-authority-data"] =
                    cluster.CertificateAuthority is { } pem ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pem)) : null,
            };
        }

        return new JsonObject { ["apiVersion"] = exec.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec };
    }

    private Credential Read(ApiCall call, string output)
    {
        try
        {
            JsonNode? credential = JsonNode.Parse(output);
            if ((string?)credential?["kind"] != "ExecCredential" || (string?)credential?["apiVersion"] != exec.ApiVersion)
            {
                throw Failed(call, $"printed no ExecCredential of {exec.ApiVersion}");
            }

            JsonNode? status = credential["status"];
            Credential read = new(
                status?["token"]?.GetValue<string>(),
                status?["clientCertificateData"]?.GetValue<string>(),
                status?["clientKeyData"]?.GetValue<string>())
            {
                ExpiresAt = status?["expirationTimestamp"]?.GetValue<DateTimeOffset>(),
            };
            return read is { Token: null, ClientCertificate: null }
                ? throw Failed(call, "printed a credential with neither token nor certificate")
                : read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Not the text itself: it may hold the secret.
            throw Failed(call, $"printed no ExecCredential of {exec.ApiVersion}", e);
        }
    }

    private ApiException Failed(ApiCall call, string what, Exception? inner = null) =>
        MissingAnswer.Unreadable(call, $"the credential program {exec.Command} {what}", inner);
}
