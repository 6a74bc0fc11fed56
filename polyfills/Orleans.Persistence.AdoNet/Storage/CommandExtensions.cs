using System.Data;
using System.Data.Common;

namespace Orleans.Storage;

internal static class CommandExtensions
{
    /// <summary>Adds a parameter of a stated type, so that the database also knows the type of a null.</summary>
    public static void Add(this DbCommand command, string name, DbType type, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
