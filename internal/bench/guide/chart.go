// SPDX-License-Identifier: MPL-2.0

package guide

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// The chart's measures, in the units of its view box.
const (
	chartWidth  = 720
	labelsWidth = 130
	barsWidth   = 500
	barHeight   = 16
	groupGap    = 18
	headHeight  = 74
	footHeight  = 40
	mostTicks   = 12
	legendLeft  = 16
	legendWidth = 134
)

// chartStyle follows the reader's colour scheme; the chart brings its own background, because a
// page may not.
const chartStyle = `
    .back { fill: #ffffff } text { fill: #24292f; font: 13px sans-serif } .title { font-size: 15px; font-weight: bold }
    .small { fill: #0969da } .large { fill: #8250df } .axis { stroke: #8c959f; stroke-width: 1 } .core { stroke: #cf222e; stroke-width: 2; stroke-dasharray: 5 3 }
    @media (prefers-color-scheme: dark) {
      .back { fill: #0d1117 } text { fill: #e6edf3 } .small { fill: #58a6ff } .large { fill: #bc8cff } .axis { stroke: #6e7681 } .core { stroke: #ff7b72 }
    }
  `

// Chart is an image of bars.
type Chart struct {
	// Title is for those who do not see the image, and Heading stands above the bars.
	Title, Heading string
	// Series are what bars stand for, of which the legend tells; Note is what else there is to say.
	Series []Series
	Note   string
	Groups []Group
	// Line is where a dashed line stands; 0 for none.
	Line float64
}

// Series is one kind of bars.
type Series struct {
	// Class is the colour: "small" or "large".
	Class, Label string
}

// Group is bars side by side.
type Group struct {
	Name string
	Bars []Bar
}

// Bar is one figure.
type Bar struct {
	// Class is that of its series.
	Class string
	Value float64
	// Label stands at the bar's end, and Words are for those who do not see it.
	Label, Words string
}

// svg draws the chart.
func (c Chart) svg() string {
	highest := 1.0
	height := headHeight + footHeight
	for _, group := range c.Groups {
		height += len(group.Bars)*barHeight + groupGap
		for _, bar := range group.Bars {
			highest = max(highest, bar.Value)
		}
	}
	scale := barsWidth / math.Ceil(highest)
	var text strings.Builder
	fmt.Fprintf(&text, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title description">
  <title id="title">%s</title>
  <desc id="description">%s</desc>
  <style>%s</style>
  <rect class="back" width="100%%" height="100%%" rx="6"/>
  <text class="title" x="16" y="26">%s</text>
`, chartWidth, height, html.EscapeString(c.Title), html.EscapeString(c.describe()), chartStyle, html.EscapeString(c.Heading))
	c.drawLegend(&text)
	top := headHeight
	for _, group := range c.Groups {
		top = group.draw(&text, top, scale)
	}
	c.drawAxis(&text, top, scale, int(math.Ceil(highest)))
	text.WriteString("</svg>\n")
	return text.String()
}

func (c Chart) drawLegend(text *strings.Builder) {
	left := legendLeft
	for _, one := range c.Series {
		fmt.Fprintf(text, "  <rect class=\"%s\" x=\"%d\" y=\"40\" width=\"12\" height=\"12\"/><text x=\"%d\" y=\"51\">%s</text>\n",
			one.Class, left, left+18, html.EscapeString(one.Label))
		left += legendWidth
	}
	fmt.Fprintf(text, "  <text x=\"%d\" y=\"51\">%s</text>\n", left+6, html.EscapeString(c.Note))
}

// draw returns where the next group begins.
func (g Group) draw(text *strings.Builder, top int, scale float64) int {
	fmt.Fprintf(text, "  <text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", labelsWidth-10, top+len(g.Bars)*barHeight/2+5, html.EscapeString(g.Name))
	for _, bar := range g.Bars {
		width := bar.Value * scale
		fmt.Fprintf(text, "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/><text x=\"%.1f\" y=\"%d\">%s</text>\n",
			bar.Class, labelsWidth, top, width, barHeight-2, labelsWidth+width+6, top+12, html.EscapeString(bar.Label))
		top += barHeight
	}
	return top + groupGap
}

func (c Chart) drawAxis(text *strings.Builder, bottom int, scale float64, highest int) {
	fmt.Fprintf(text, "  <line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", labelsWidth, headHeight-6, labelsWidth, bottom)
	if c.Line > 0 {
		at := labelsWidth + c.Line*scale
		fmt.Fprintf(text, "  <line class=\"core\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", at, headHeight-6, at, bottom)
	}
	every := tickEvery(highest)
	for value := 0; value <= highest; value += every {
		fmt.Fprintf(text, "  <text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", labelsWidth+float64(value)*scale, bottom+18, Thousands(value))
	}
}

// tickEvery is 1, 2 or 5, or ten times that and so on, with no more ticks than there is room for.
func tickEvery(highest int) int {
	for power := 1; ; power *= 10 {
		for _, every := range []int{power, 2 * power, 5 * power} {
			if highest <= every*mostTicks {
				return every
			}
		}
	}
}

// describe tells readers who do not see the bars what they show.
func (c Chart) describe() string {
	var groups []string
	for _, group := range c.Groups {
		var values []string
		for _, bar := range group.Bars {
			values = append(values, bar.Words)
		}
		groups = append(groups, group.Name+": "+strings.Join(values, ", "))
	}
	return strings.Join(groups, "; ") + "."
}
