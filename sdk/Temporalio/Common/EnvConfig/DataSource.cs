using System.Text;

namespace Temporalio.Common.EnvConfig;

/// <summary>Configuration or a certificate: in a file, or in memory.</summary>
public sealed class DataSource
{
    private DataSource(string? path, byte[]? data)
    {
        Path = path;
        Data = data;
    }

    /// <summary>The bytes; null for a file.</summary>
    public byte[]? Data { get; }

    /// <summary>The path of the file; null for bytes.</summary>
    public string? Path { get; }

    /// <summary>Bytes.</summary>
    public static DataSource FromBytes(byte[] data) => new(null, data);

    /// <summary>A file, read when it is needed.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static DataSource FromPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path, null);
    }

    /// <summary>Text.</summary>
    public static DataSource FromUTF8String(string content) => new(null, Encoding.UTF8.GetBytes(content));

    /// <summary>The bytes, read from the file where it is one.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] GetBytes() => Data ?? File.ReadAllBytes(Path!);
}
