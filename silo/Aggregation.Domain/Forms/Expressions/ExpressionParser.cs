using System.Globalization;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Forms.Expressions;

/// <summary>
/// Reads the language of checks and derived indicators:
/// <code>
/// rule  = side ("=" | "&lt;=" | "&gt;=" | "&lt;" | "&gt;") side
/// side  = ["-"] term { ("+" | "-") term }
/// term  = number ["*" cell] | cell | "sum" "(" cell ":" cell ")"
/// cell  = ["last" | "quarters"] ["form" "(" id ")"] "[" code "]"
/// </code>
/// Numbers are whole. <c>sum([a]:[b])</c> adds the cells from a to b in the form's order that are a's siblings: those of
/// the same parent and column or, where both are columns of one indicator, the columns from a to b. <c>last [a]</c> is
/// what a was in the same period a year earlier, <c>quarters [a]</c> what the four quarters of the year make of it, and
/// <c>form(f) [x]</c> cell x of what the same unit reported on form f.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>With at most a thousand terms this keeps every sum within 128 bits.</summary>
    private const long MaxNumber = 1_000_000;

    private const int MaxTerms = 1_000;

    private readonly string _text;
    private readonly FormCells _form;
    private readonly Func<string, FormCells?> _forms;
    private int _position;

    private ExpressionParser(string text, FormCells form, Func<string, FormCells?> forms)
    {
        _text = text;
        _form = form;
        _forms = forms;
    }

    /// <param name="form">Whose rule it is.</param>
    /// <param name="forms">Finds the other forms.</param>
    /// <exception cref="ExpressionException">The text is no side of a rule, or names an unknown form or cell.</exception>
    public static LinearExpression ParseSide(string text, FormCells form, Func<string, FormCells?> forms)
    {
        var parser = new ExpressionParser(text, form, forms);
        var side = parser.Side();
        parser.End();
        return side;
    }

    /// <param name="form">Whose rule it is.</param>
    /// <param name="forms">Finds the other forms.</param>
    /// <exception cref="ExpressionException">The text is no rule, or names an unknown form or cell.</exception>
    public static (LinearExpression Left, Comparison Comparison, LinearExpression Right) ParseRule(
        string text, FormCells form, Func<string, FormCells?> forms)
    {
        var parser = new ExpressionParser(text, form, forms);
        var left = parser.Side();
        var comparison = parser.Operator();
        var right = parser.Side();
        parser.End();
        return left.Cells.IsEmpty && right.Cells.IsEmpty
            ? throw parser.Fault(0, "a rule names at least one cell of its own form")
            : (left, comparison, right);
    }

    private LinearExpression Side()
    {
        Space();
        var start = _position;
        var terms = new List<Term>();
        long constant = 0;
        var sign = Take('-') ? -1 : 1;
        do
        {
            ReadTerm(sign, terms, ref constant);
            sign = Take('+') ? 1 : Take('-') ? -1 : 0;
        }
        while (sign != 0);
        return Compile(_text[start.._position].Trim(), terms, constant, start);
    }

    private LinearExpression Compile(string text, List<Term> terms, long constant, int start)
    {
        if (terms.Count > MaxTerms)
            throw Fault(start, $"at most {MaxTerms} cells");
        var scale = terms.Count == 0 ? 0 : terms.Max(term => term.Cell.Scale);
        var repeated = terms.GroupBy(term => (term.Cell.Code, term.Source)).FirstOrDefault(same => same.Count() > 1);
        Term[] now = [.. terms.Where(term => term.Source == CellSource.Checked)];
        var others = terms.Where(term => term.Source != CellSource.Checked).GroupBy(term => term.Source).ToList();
        Term[] ordered = [.. now, .. others.SelectMany(same => same)];
        var end = now.Length;
        return repeated is not null
            ? throw Fault(start, $"cell '{repeated.Key.Code}' stands more than once on one side")
            : new LinearExpression(
                text,
                scale,
                [.. ordered.Where(term => term.Source.Form is null).Select(term => term.Cell.Code).Distinct(StringComparer.Ordinal)],
                [.. ordered.Select(term => term.Cell.Index)],
                [.. ordered.Select(term => term.Coefficient * FixedPoint.Power(scale - term.Cell.Scale))],
                (Int128)constant * FixedPoint.Power(scale),
                now.Length,
                [.. others.Select(same => new LinearExpression.Stretch(same.Key, end += same.Count()))]);
    }

    private void ReadTerm(int sign, List<Term> terms, ref long constant)
    {
        Space();
        if (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            var number = sign * Number();
            if (Take('*'))
                terms.Add(Reference(number));
            else
                constant += number;
        }
        else if (_text.AsSpan(_position).StartsWith("sum", StringComparison.Ordinal))
        {
            _position += 3;
            foreach (var cell in Range())
                terms.Add(new Term(cell, sign, CellSource.Checked));
        }
        else
        {
            terms.Add(Reference(sign));
        }
    }

    private Term Reference(long coefficient)
    {
        var period = TakeWord("last") ? SourcePeriod.LastYear : TakeWord("quarters") ? SourcePeriod.Quarters : SourcePeriod.Same;
        Space();
        var start = _position;
        var form = TakeWord("form") ? OtherForm() : _form;
        if (period == SourcePeriod.Quarters && !(_form.Periods.Contains(PeriodKind.Year) && form.Periods.Contains(PeriodKind.Quarter)))
            throw Fault(start, $"form '{form.Id}' is not reported by quarter, or form '{_form.Id}' not by year");
        if (period != SourcePeriod.Quarters && !form.Periods.Intersect(_form.Periods).Any())
            throw Fault(start, $"form '{form.Id}' is reported for no kind of period that form '{_form.Id}' is");
        return new Term(CellReference(form), coefficient, new CellSource(form == _form ? null : form.Id, period));
    }

    private FormCells OtherForm()
    {
        Expect('(');
        var start = _position;
        var end = _text.IndexOf(')', start);
        if (end < 0)
            throw Fault(start, "')' is missing");
        var id = _text[start..end];
        _position = end + 1;
        return id == _form.Id ? throw Fault(start, $"form '{id}' is the one that is checked, so its cells stand alone")
            : _forms(id) ?? throw Fault(start, $"form '{id}' is unknown");
    }

    private IEnumerable<Cell> Range()
    {
        Expect('(');
        Space();
        var start = _position;
        var first = CellReference(_form);
        Expect(':');
        var last = CellReference(_form);
        Expect(')');
        var across = first.Indicator == last.Indicator;
        return first.Index < last.Index && (across || IsSibling(first, last))
            ? _form.Cells.Skip(first.Index).Take(last.Index - first.Index + 1).Where(cell => across || IsSibling(first, cell))
            : throw Fault(start, $"'{first.Code}' to '{last.Code}' is not a range of siblings in the form's order");
    }

    private static bool IsSibling(Cell first, Cell other) =>
        first.Parent == other.Parent && first.Column == other.Column;

    private Cell CellReference(FormCells form)
    {
        Expect('[');
        var start = _position;
        var end = _text.IndexOf(']', start);
        if (end < 0)
            throw Fault(start, "']' is missing");
        var code = _text[start..end];
        _position = end + 1;
        return form.ByCode.TryGetValue(code, out var cell) ? cell
            : throw Fault(start, form == _form ? $"cell '{code}' is unknown" : $"cell '{code}' of form '{form.Id}' is unknown");
    }

    private long Number()
    {
        var start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
            _position++;
        return long.TryParse(_text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= MaxNumber
            ? number
            : throw Fault(start, $"a number is at most {MaxNumber}");
    }

    private Comparison Operator()
    {
        Space();
        if (Take('='))
            return Comparison.Equal;
        if (Take('<'))
            return Take('=') ? Comparison.AtMost : Comparison.Less;
        if (Take('>'))
            return Take('=') ? Comparison.AtLeast : Comparison.Greater;
        throw Fault(_position, "one of =, <=, >=, <, > is expected");
    }

    private void End()
    {
        Space();
        if (_position < _text.Length)
            throw Fault(_position, $"'{_text[_position]}' is not expected");
    }

    private void Expect(char character)
    {
        if (!Take(character))
            throw Fault(_position, $"'{character}' is expected");
    }

    private bool Take(char character)
    {
        Space();
        if (_position >= _text.Length || _text[_position] != character)
            return false;
        _position++;
        return true;
    }

    private bool TakeWord(string word)
    {
        Space();
        if (!_text.AsSpan(_position).StartsWith(word, StringComparison.Ordinal))
            return false;
        _position += word.Length;
        return true;
    }

    private void Space()
    {
        while (_position < _text.Length && _text[_position] == ' ')
            _position++;
    }

    private ExpressionException Fault(int at, string rule) => new(_text, at + 1, rule);

    private readonly record struct Term(Cell Cell, long Coefficient, CellSource Source);
}
