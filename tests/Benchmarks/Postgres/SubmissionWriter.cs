using Aggregation.Benchmarks.Tenants;
using Npgsql;

namespace Aggregation.Benchmarks.Postgres;

/// <summary>A client that inserts submissions, one transaction each.</summary>
internal sealed class SubmissionWriter : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;
    private readonly NpgsqlParameter<int> _unit = new();
    private readonly NpgsqlParameter<int> _period = new();
    private readonly NpgsqlParameter<long>[] _cells;

    private SubmissionWriter(NpgsqlConnection connection)
    {
        _connection = connection;
        _cells = [.. Enumerable.Range(0, TriggerSchema.Cells).Select(static _ => new NpgsqlParameter<long>())];
        _insert = new NpgsqlCommand(TriggerSchema.Insert, connection);
        _insert.Parameters.Add(_unit);
        _insert.Parameters.Add(_period);
        _insert.Parameters.AddRange(_cells);
    }

    public static async Task<SubmissionWriter> OpenAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var writer = new SubmissionWriter(await database.OpenConnectionAsync(cancellation));
        await writer._insert.PrepareAsync(cancellation);
        return writer;
    }

    public Task InsertAsync(int unit, int period, CancellationToken cancellation)
    {
        _unit.TypedValue = unit;
        _period.TypedValue = period;
        var figures = Form2014.Figures(unit, period);
        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i].TypedValue = figures[i].Value;
        }

        return _insert.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Inserts units 0 to <paramref name="count"/> - 1 in one transaction.</summary>
    public async Task InsertAllAsync(int count, int period, CancellationToken cancellation)
    {
        await using var transaction = await _connection.BeginTransactionAsync(cancellation);
        for (var unit = 0; unit < count; unit++)
        {
            await InsertAsync(unit, period, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
