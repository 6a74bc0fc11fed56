using System.Text;

namespace Aggregation.Fuzz.Requests;

/// <summary>Values that look right, and values that do not.</summary>
internal static class Values
{
    /// <summary>What fields of these names hold where a request is to come far.</summary>
    public static readonly Dictionary<string, string[]> Likely = new(StringComparer.Ordinal)
    {
        ["unit"] = ["610000", "610100", "610101", "610101-D01", "999999"],
        ["at_unit"] = ["610000", "610100", "610101"],
        ["under"] = ["610000", "610100"],
        ["form"] = ["2014", "2021", "items-by-class", "interaction"],
        ["period"] = ["2017", "2017Q3", "2022", "2012", "2017-05"],
        ["periods"] = ["2017", "2016", "2018"],
        ["cell"] = ["1.1", "9.1", "total"],
        ["code"] = ["1.1", "9.1", "3.1", "3.1.1", "8.4", "total", "1"],
        ["tree"] = ["", "territory", "education"],
        ["filed_on"] = ["2017-01-11", "2018-02-30"],
        ["on"] = ["2017-12-31"],
        ["from"] = ["2017-07-01"],
        ["kind"] = ["government", "department"],
        ["level"] = ["county", "city"],
        ["change"] = ["move", "open", "close", "merge", "split", "abolish", "rename"],
        ["hash"] = [new string('a', 64)],
        ["csv"] = ["code,name,kind,level,parent,from,to\n610109,X,government,county,610100,,"],
        ["tenant"] = ["fuzzed-tenant"],
    };

    public static readonly string[] Hostile =
    [
        "\0", "a\0b", "\u202e\u2066abc", "\ufeff", "\ufffe\uffff", "\u0301\u0301\u0301", "👩‍👩‍👧‍👦", "ﷺ", "İıſK", "i̇",
        "'; DROP TABLE entries; --", "\"\\\b\f\n\r\t", "../../../../etc/passwd", "%n%s%x", "{0}{1}", "${jndi:ldap://x}", "<script>",
        "-0", "NaN", "1e999", "0x7fffffffffffffff", "٣", "一二三", "\u2028\u2029", "CON", "/", "platform/", "tenant/fuzzed", "*",
        new string('汉', 5_000), new string('a', 70_000), string.Concat(Enumerable.Repeat("e\u0301", 10_000)),
    ];

    public static readonly long[] Huge =
    [
        long.MinValue, long.MaxValue, int.MinValue, int.MaxValue, -1, 0, 1, (long)int.MaxValue + 1, (long)int.MinValue - 1,
        253_402_300_799, 253_402_300_800, -62_135_596_800, -62_135_596_801, 999_999_999, 1_000_000_000, 315_576_000_001,
    ];

    public static readonly double[] HugeReal = [double.NaN, double.PositiveInfinity, double.MinValue, double.Epsilon, -0.0, 1e308];

    /// <summary>Letters of every plane, halves of pairs and unassigned ones among them.</summary>
    public static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(12); i > 0; i--)
        {
            text.Append((char)random.Next(1, 0x10000));
        }

        return text.ToString();
    }
}
