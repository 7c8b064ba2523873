namespace Orchestrator.Store;

/// <summary>
/// Writes an evidence pack into a folder, for people: it is there whole or not at all, and nothing that is there is replaced or removed.
/// </summary>
public static class PackFolder
{
    /// <summary>Writes a pack; one that is there already is compared and stays.</summary>
    /// <param name="folder">Where its files come to lie.</param>
    /// <param name="files">Its files by path, with slashes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreConflictException">The folder holds something else.</exception>
    /// <exception cref="StoreUnavailableException">The folder cannot be written.</exception>
    public static async Task WriteAsync(
        string folder, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        string parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        string draft = Path.Combine(parent, $".draft-{Guid.NewGuid():N}");
        try
        {
            if (Path.Exists(folder))
            {
                await CompareAsync(folder, files, cancellationToken);
                return;
            }

            foreach ((string path, byte[] bytes) in files)
            {
                string file = Path.Combine(draft, path.Replace('/', Path.DirectorySeparatorChar));
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await WriteAsync(file, bytes, cancellationToken);
            }

            await MoveAsync(draft, folder, files, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The folder {folder} cannot be written: {e.Message.TrimEnd('.')}.", e);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    private static async Task MoveAsync(
        string draft, string folder, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        try
        {
            Directory.Move(draft, folder);
        }
        catch (IOException) when (Path.Exists(folder))
        {
            // Another try of the same call was faster.
            await CompareAsync(folder, files, cancellationToken);
        }
    }

    private static async Task CompareAsync(
        string folder, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        List<string> faults = [];
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            string path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            found.Add(path);
            if (!files.TryGetValue(path, out byte[]? bytes))
            {
                faults.Add($"{path} does not belong to the pack.");
            }
            else if (!(await File.ReadAllBytesAsync(file, cancellationToken)).AsSpan().SequenceEqual(bytes))
            {
                faults.Add($"{path} was changed.");
            }
        }

        faults.AddRange(files.Keys.Where(path => !found.Contains(path)).Select(path => $"{path} is missing."));
        if (faults.Count > 0)
        {
            throw new StoreConflictException(
                $"{folder} already exists and is not this pack; it was not changed. "
                + string.Join(" ", faults.Order(StringComparer.Ordinal)));
        }
    }

    private static async Task WriteAsync(string file, byte[] bytes, CancellationToken cancellationToken)
    {
        await using FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write);
        await stream.WriteAsync(bytes, cancellationToken);
#pragma warning disable CA1849 // There is no asynchronous flush to the disk.
        stream.Flush(flushToDisk: true);
#pragma warning restore CA1849
    }
}
