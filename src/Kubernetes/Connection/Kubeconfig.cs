namespace Orchestrator.Kubernetes;

/// <summary>Finds the cluster that the user means, the way kubectl does.</summary>
public static class Kubeconfig
{
    /// <summary>
    /// The settings of one context. Without a <paramref name="path"/>: the files of the variable <c>KUBECONFIG</c>, merged, else
    /// <c>~/.kube/config</c>; and where these name no cluster and no context is asked for, the service account of the pod this runs in.
    /// </summary>
    /// <param name="path">One kubeconfig file, which must exist; null for the user's own.</param>
    /// <param name="context">Name of a context; null for the current one.</param>
    /// <param name="mayBeInsecure">
    /// Whether <c>insecure-skip-tls-verify</c> is allowed; false refuses it. Whoever stands in between gets the credentials then.
    /// </param>
    /// <exception cref="KubeconfigException">
    /// A file or an entry is missing, unreadable or not supported; the message is one sentence that names the field, and no secret.
    /// </exception>
    public static ClusterConnection Load(string? path, string? context, bool mayBeInsecure = false)
    {
        KubeconfigFiles files = KubeconfigFiles.Read(path is null ? UserFiles() : [path], mayBeMissing: path is null);
        if (context is null && path is null && files.IsEmpty && InClusterConfig.OfThisProcess.IsAvailable)
        {
            return InClusterConfig.OfThisProcess.Load();
        }

        if (files.IsEmpty)
        {
            throw new KubeconfigException(
                $"No cluster is configured: {files.Names} has no cluster{(path is null ? ", and this is not a pod of a cluster" : "")}.");
        }

        string name = context ?? (files.CurrentContext is { Length: > 0 } current
            ? current
            : throw new KubeconfigException($"{files.Names} sets no current-context, and no context was given: {files.ContextNames()}."));
        return FromContext(files, name, mayBeInsecure);
    }

    /// <summary>
    /// The names of the contexts, in order; empty where there is no file. Which files are read, is as for <see cref="Load"/>.
    /// </summary>
    /// <param name="path">One kubeconfig file, which must exist; null for the user's own.</param>
    /// <exception cref="KubeconfigException">A file is missing or unreadable; the message is one sentence that says which.</exception>
    public static IReadOnlyList<string> Contexts(string? path) =>
        [.. KubeconfigFiles.Read(path is null ? UserFiles() : [path], mayBeMissing: path is null).Contexts.Order(StringComparer.Ordinal)];

    private static IReadOnlyList<string> UserFiles()
    {
        string[] listed = (Environment.GetEnvironmentVariable("KUBECONFIG") ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return listed.Length > 0
            ? listed.Distinct().ToArray()
            : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
    }

    private static ClusterConnection FromContext(KubeconfigFiles files, string name, bool mayBeInsecure)
    {
        KubeconfigEntry context = files.Context(name);
        string clusterName = context.Text("cluster") ?? throw new KubeconfigException($"{context.Description} names no cluster.");
        KubeconfigEntry cluster = files.Cluster(clusterName, name);
        string server = cluster.Text("server") ?? throw new KubeconfigException($"{cluster.Description} has no server.");
        Uri address = Address(server, "server", cluster, "http", "https");
        if (address.UserInfo.Length > 0)
        {
            throw new KubeconfigException($"server of {cluster.Description} contains a user name, which is not supported.");
        }

        ClusterConnection connection = new()
        {
            Server = address,
            Context = name,
            Namespace = context.Text("namespace") ?? "default",
            CertificateAuthority = cluster.Pem("certificate-authority"),
            InsecureSkipTlsVerify = cluster.Flag("insecure-skip-tls-verify"),
            TlsServerName = cluster.Text("tls-server-name"),
            Proxy = cluster.Text("proxy-url") is { } proxy ? Address(proxy, "proxy-url", cluster, "http", "https", "socks5") : null,
            DisableCompression = cluster.Flag("disable-compression"),
        };
        if (connection.InsecureSkipTlsVerify)
        {
            RefuseInsecure(connection, cluster, mayBeInsecure);
        }

        // As kubectl does: over plain HTTP anybody could read the credentials, and none are sent.
        return context.Text("user") is { } user && files.User(user, name) is { } entry && connection.Server.Scheme == "https"
            ? WithUser(connection, entry)
            : connection;
    }

    private static void RefuseInsecure(ClusterConnection connection, KubeconfigEntry cluster, bool isAllowed)
    {
        if (!isAllowed)
        {
            throw new KubeconfigException($"{cluster.Description} has insecure-skip-tls-verify, allowed only in profile laptop.");
        }

        if (connection.CertificateAuthority is not null)
        {
            throw new KubeconfigException($"{cluster.Description} has both a certificate-authority and insecure-skip-tls-verify.");
        }
    }

    private static ClusterConnection WithUser(ClusterConnection connection, KubeconfigEntry user)
    {
        foreach (string gone in (string[])["auth-provider", "username", "password"])
        {
            if (user.Has(gone))
            {
                throw new KubeconfigException($"{user.Description} authenticates with {gone}, which is not supported.");
            }
        }

        connection = connection with
        {
            ClientCertificate = user.Pem("client-certificate"),
            ClientCertificateFile = user.Text("client-certificate-data") is null ? user.FilePath("client-certificate") : null,
            ClientKey = user.Pem("client-key"),
            ClientKeyFile = user.Text("client-key-data") is null ? user.FilePath("client-key") : null,
            Token = user.Text("token"),
            TokenFile = user.FilePath("tokenFile"),
            Exec = user.Object("exec") is { } exec ? user.Program(exec) : null,
        };
        if (connection is { ClientCertificate: not null, ClientKey: null })
        {
            throw new KubeconfigException($"{user.Description} has a client-certificate but no client-key.");
        }

        return WithImpersonation(connection, user);
    }

    private static ClusterConnection WithImpersonation(ClusterConnection connection, KubeconfigEntry user)
    {
        if (user.Has("as-user-extra"))
        {
            throw new KubeconfigException($"{user.Description} has as-user-extra, which is not supported.");
        }

        IReadOnlyList<string> groups = user.Texts("as-groups");
        if (groups.Count > 1)
        {
            // The API server wants a header line for each group, and the HTTP stack sends all values in one.
            throw new KubeconfigException($"{user.Description} has more than one entry in as-groups, which is not supported.");
        }

        string? name = user.Text("as");
        return name is null && (groups.Count > 0 || user.Has("as-uid"))
            ? throw new KubeconfigException($"{user.Description} has {(groups.Count > 0 ? "as-groups" : "as-uid")} but no as.")
            : connection with
            {
                ImpersonateUser = name, ImpersonateUid = user.Text("as-uid"), ImpersonateGroup = groups is [var group] ? group : null,
            };
    }

    // kubectl takes "host:port" for http://host:port; the scheme is too easily forgotten to be guessed here. The text is not repeated
    // where it may hold a password.
    private static Uri Address(string text, string field, KubeconfigEntry entry, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && schemes.Contains(address.Scheme)
            ? address
            : throw new KubeconfigException(
                $"{field} {(text.Contains('@', StringComparison.Ordinal) ? "" : $"'{text}' ")}of {entry.Description} "
                + $"is not an address that begins with {string.Join(", ", schemes)}.");
}
