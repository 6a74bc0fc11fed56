using System.Data.Common;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Options of a grain storage on ADO.NET.</summary>
public class AdoNetGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>The default of <see cref="InitStage"/>.</summary>
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

    /// <summary>The default of <see cref="Invariant"/>.</summary>
    public const string DEFAULT_ADONET_INVARIANT = "Microsoft.Data.SqlClient";

    /// <summary>Where the database is. Exactly one of this and <see cref="DataSource"/> is set.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Makes connections to the database. Exactly one of this and <see cref="ConnectionString"/> is set.</summary>
    public DbDataSource? DataSource { get; set; }

    /// <summary>The stage of the silo at which the queries are read; a database out of reach stops the start.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

    /// <summary>The name of the ADO.NET provider; here only <c>Npgsql</c> works.</summary>
    public string Invariant { get; set; } = DEFAULT_ADONET_INVARIANT;

    /// <inheritdoc/>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;

    /// <summary>Hashes identities for the index; by default <see cref="OrleansDefaultHasher"/>.</summary>
    public IStorageHasherPicker? HashPicker { get; set; }

    /// <summary>Whether clearing deletes the row; otherwise (the default) it empties it and keeps its version.</summary>
    public bool DeleteStateOnClear { get; set; }
}
