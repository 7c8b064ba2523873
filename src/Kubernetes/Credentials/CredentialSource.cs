namespace Orchestrator.Kubernetes;

/// <summary>Where the credentials of a client come from. Files and programs are read and run again as they change and expire.</summary>
internal sealed class CredentialSource(ClusterConnection options, TimeProvider timeProvider) : IDisposable
{
    private readonly SemaphoreSlim _lock = new(1);
    private readonly ExecCredentialProgram? _program = options.Exec is null ? null : new ExecCredentialProgram(options.Exec, options);
    private Credential? _fromProgram;
    private CertificateFiles? _fromFiles;

    /// <exception cref="ApiException">A file cannot be read, or the program failed.</exception>
    public async ValueTask<Credential> GetAsync(ApiCall call, CancellationToken cancellationToken)
    {
        string? token = options.TokenFile is null ? options.Token : await ReadFileAsync(call, options.TokenFile, cancellationToken);
        if (_program is not null && token is null)
        {
            return await RunProgramAsync(call, cancellationToken);
        }

        return options.ClientCertificateFile is null
            ? new Credential(token?.Trim(), options.ClientCertificate, options.ClientKey)
            : (await ReadFilesAsync(call, cancellationToken)) with { Token = token?.Trim() };
    }

    /// <summary>The server has refused this credential: whether it is worth asking for another one.</summary>
    public bool Forget(Credential refused)
    {
        if (_program is null || options.Token is not null || options.TokenFile is not null)
        {
            return false;
        }

        // Another call may have replaced it meanwhile.
        Interlocked.CompareExchange(ref _fromProgram, null, refused);
        return true;
    }

    public void Dispose() => _lock.Dispose();

    private async Task<Credential> RunProgramAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (_fromProgram is { } known && !IsOver(known))
        {
            return known;
        }

        await _lock.WaitAsync(cancellationToken);
        try
        {
            if (_fromProgram is { } meanwhile && !IsOver(meanwhile))
            {
                return meanwhile;
            }

            return _fromProgram = await _program!.RunAsync(call, cancellationToken);
        }
        finally
        {
            _lock.Release();
        }
    }

    private bool IsOver(Credential credential) => credential.ExpiresAt <= timeProvider.GetUtcNow();

    private async Task<Credential> ReadFilesAsync(ApiCall call, CancellationToken cancellationToken)
    {
        DateTime written = File.GetLastWriteTimeUtc(options.ClientCertificateFile!);
        if (_fromFiles is { } known && known.Written == written)
        {
            return known.Credential;
        }

        Credential read = new(
            Token: null,
            await ReadFileAsync(call, options.ClientCertificateFile!, cancellationToken),
            options.ClientKeyFile is null ? options.ClientKey : await ReadFileAsync(call, options.ClientKeyFile, cancellationToken));
        _fromFiles = new CertificateFiles(written, read);
        return read;
    }

    private static async Task<string> ReadFileAsync(ApiCall call, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MissingAnswer.Unreadable(call, $"the credentials in {path} cannot be read: {e.Message}", e);
        }
    }

    private sealed record CertificateFiles(DateTime Written, Credential Credential);
}

/// <summary>What one call shows to the server; with a time at which it is over, if the giver named one.</summary>
internal sealed record Credential(string? Token, string? ClientCertificate, string? ClientKey)
{
    public DateTimeOffset? ExpiresAt { get; init; }

    public override string ToString() => "credential";
}
