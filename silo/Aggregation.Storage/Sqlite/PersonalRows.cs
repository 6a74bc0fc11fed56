using Aggregation.Storage.Personal;
using Aggregation.Storage.Sqlite.Native;

namespace Aggregation.Storage.Sqlite;

/// <summary>Personal data as rows, on a connection that reads or writes.</summary>
internal sealed class PersonalRows(Database database)
{
    private const string OriginColumns = "SELECT id, actor, person, address, first_seen FROM origin WHERE tenant = ?1 AND";

    private readonly Statement save = database.Prepare(
        """
        INSERT INTO person (tenant, person, name, email, phone) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (tenant, person) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone
        """);

    private readonly Statement person = database.Prepare("SELECT name, email, phone FROM person WHERE tenant = ?1 AND person = ?2");

    private readonly Statement keep = database.Prepare(
        "INSERT INTO origin (tenant, id, actor, person, address, first_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (tenant, actor, address) DO NOTHING");

    private readonly Statement kept = database.Prepare($"{OriginColumns} actor = ?2 AND address = ?3");
    private readonly Statement origin = database.Prepare($"{OriginColumns} id = ?2");
    private readonly Statement origins = database.Prepare($"{OriginColumns} person = ?2 ORDER BY first_seen, id");
    private readonly Statement erasePerson = database.Prepare("DELETE FROM person WHERE tenant = ?1 AND person = ?2");
    private readonly Statement eraseOrigins = database.Prepare("DELETE FROM origin WHERE tenant = ?1 AND person = ?2");
    private readonly Statement eraseActor = database.Prepare("DELETE FROM origin WHERE tenant = ?1 AND actor = ?2");

    public int Save(string tenant, Person row)
    {
        save.Bind(1, tenant).Bind(2, row.User).Bind(3, row.Name).Bind(4, row.Email).Bind(5, row.Phone).Run();
        return database.Changes;
    }

    public List<Person> Persons(string tenant, IReadOnlyCollection<string> users) =>
        [.. users.Distinct().SelectMany(user => Rows(
            person.Bind(1, tenant).Bind(2, user), row => new Person(user, row.Text(0), row.Text(1), row.Text(2))))];

    public Origin? Kept(string tenant, Origin like) =>
        Rows(kept.Bind(1, tenant).Bind(2, like.Actor).Bind(3, like.Address), ReadOrigin).SingleOrDefault();

    public Origin Keep(string tenant, Origin row)
    {
        keep.Bind(1, tenant).Bind(2, row.Id).Bind(3, row.Actor).Bind(4, row.User).Bind(5, row.Address)
            .Bind(6, row.FirstSeen.ToUnixTimeMilliseconds()).Run();
        return Kept(tenant, row)!;
    }

    public List<Origin> Origins(string tenant, IReadOnlyCollection<long> ids) =>
        [.. ids.Distinct().SelectMany(id => Rows(origin.Bind(1, tenant).Bind(2, id), ReadOrigin))];

    public List<Origin> Origins(string tenant, string user) => Rows(origins.Bind(1, tenant).Bind(2, user), ReadOrigin);

    public int Erase(string tenant, string user) => Erase(tenant, user, erasePerson, eraseOrigins);

    public int EraseOrigins(string tenant, string actor) => Erase(tenant, actor, eraseActor);

    /// <summary>What is erased is overwritten too: SQLite leaves deleted rows in the file otherwise.</summary>
    private int Erase(string tenant, string key, params ReadOnlySpan<Statement> statements)
    {
        database.Execute("PRAGMA secure_delete = ON");
        try
        {
            var erased = 0;
            foreach (var statement in statements)
            {
                statement.Bind(1, tenant).Bind(2, key).Run();
                erased += database.Changes;
            }

            return erased;
        }
        finally
        {
            database.Execute("PRAGMA secure_delete = OFF");
        }
    }

    private static Origin ReadOrigin(Statement row) => new(
        row.Long(0), row.Text(1), row.Text(2), row.Text(3), DateTimeOffset.FromUnixTimeMilliseconds(row.Long(4)));

    private static List<T> Rows<T>(Statement statement, Func<Statement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (statement.Step())
            {
                rows.Add(read(statement));
            }

            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }
}
