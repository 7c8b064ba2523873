using System.Data.Common;

namespace Orchestrator.Store.Databases;

/// <summary>A database that the store lies in: where it is, and what its dialect says in its own way.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>The tables that are only ever added to, those that others refer to last.</summary>
    protected static readonly IReadOnlyList<string> Tables = ["evidence_file", "evidence_pack", "audit_event", "artifact", "report"];

    /// <summary>Where it is, for people; without a password.</summary>
    public abstract string Location { get; }

    /// <summary>The folder of its migrations.</summary>
    public abstract string Dialect { get; }

    /// <summary>A connection, open.</summary>
    /// <exception cref="DbException">It cannot be reached.</exception>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>A parameter of a text that is JSON.</summary>
    public abstract string Json(string parameter);

    /// <summary>A parameter of a text that is a time in ISO 8601.</summary>
    public abstract string Time(string parameter);

    /// <summary>A column that is a time, as text in ISO 8601: UTC with milliseconds.</summary>
    public abstract string Iso(string column);

    /// <summary>The time so many days ago, as the database's clock says.</summary>
    public abstract string DaysAgo(string parameter);

    /// <summary>Whether a table is there.</summary>
    public abstract string HasTable(string parameter);

    /// <summary>Gives an account the right to read and to add, and no other.</summary>
    /// <exception cref="ArgumentException">It is no name of letters, digits and <c>_</c>.</exception>
    /// <exception cref="NotSupportedException">The database has no accounts.</exception>
    public abstract string Grant(string account);

    /// <summary>Begins a transaction that no other one of its kind runs beside, until it ends.</summary>
    public abstract Task<DbTransaction> BeginAloneAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Prepares an empty database for the first migration.</summary>
    public abstract Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Lets a transaction take out what is past its time, although everything else is only ever added.</summary>
    /// <returns>Forbids it again, within the same transaction.</returns>
    public abstract Task<Func<Task>> AllowRemovalAsync(DbTransaction transaction, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract void Dispose();
}
