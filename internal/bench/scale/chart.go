// SPDX-License-Identifier: MPL-2.0

package scale

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

// bar is one measured step.
type bar struct {
	class, label string
	value        float64
}

// group is a step with its bars.
type group struct {
	name string
	bars []bar
}

// groups are the steps of the plural resource without a limit, as multiples of Terraform core
// alone.
func (r Report) groups() []group {
	var all []group
	for _, step := range wholeLife() {
		one := group{name: step.name}
		for _, size := range []struct {
			accounts int
			class    string
		}{{thousand, "small"}, {tenThousand, "large"}} {
			if found := r.find(size.accounts, step.name); found != nil && found.core.took > 0 {
				one.bars = append(one.bars, bar{size.class, thousands(size.accounts), found.took.Seconds() / found.core.took.Seconds()})
			}
		}
		if len(one.bars) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// chart draws the groups as an SVG image.
func (r Report) chart() string {
	groups := r.groups()
	highest := 1.0
	height := headHeight + footHeight
	for _, group := range groups {
		height += len(group.bars)*barHeight + groupGap
		for _, bar := range group.bars {
			highest = max(highest, bar.value)
		}
	}
	scale := barsWidth / math.Ceil(highest)
	var text strings.Builder
	fmt.Fprintf(&text, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title description">
  <title id="title">Time of each step in refold_linked_accounts, as a multiple of Terraform core alone</title>
  <desc id="description">%s</desc>
  <style>%s</style>
  <rect class="back" width="100%%" height="100%%" rx="6"/>
  <text class="title" x="16" y="26">Time of a step, as a multiple of Terraform core alone with the same map</text>
  <rect class="small" x="16" y="40" width="12" height="12"/><text x="34" y="51">1,000 accounts</text>
  <rect class="large" x="150" y="40" width="12" height="12"/><text x="168" y="51">10,000 accounts</text>
  <text x="290" y="51">no rate limit; shorter is better; dashed: core alone</text>
`, chartWidth, height, html.EscapeString(describe(groups)), chartStyle)
	top := headHeight
	for _, group := range groups {
		top = group.draw(&text, top, scale)
	}
	drawAxis(&text, top, scale, int(math.Ceil(highest)))
	text.WriteString("</svg>\n")
	return text.String()
}

// draw returns where the next group begins.
func (g group) draw(text *strings.Builder, top int, scale float64) int {
	fmt.Fprintf(text, "  <text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", labelsWidth-10, top+len(g.bars)*barHeight/2+5, html.EscapeString(g.name))
	for _, bar := range g.bars {
		width := bar.value * scale
		fmt.Fprintf(text, "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/><text x=\"%.1f\" y=\"%d\">× %.1f</text>\n",
			bar.class, labelsWidth, top, width, barHeight-2, labelsWidth+width+6, top+12, bar.value)
		top += barHeight
	}
	return top + groupGap
}

func drawAxis(text *strings.Builder, bottom int, scale float64, highest int) {
	fmt.Fprintf(text, "  <line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", labelsWidth, headHeight-6, labelsWidth, bottom)
	one := labelsWidth + scale
	fmt.Fprintf(text, "  <line class=\"core\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", one, headHeight-6, one, bottom)
	every := (highest + mostTicks - 1) / mostTicks
	for multiple := 0; multiple <= highest; multiple += every {
		fmt.Fprintf(text, "  <text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n", labelsWidth+float64(multiple)*scale, bottom+18, multiple)
	}
}

// describe tells readers who do not see the bars what they show.
func describe(groups []group) string {
	var steps []string
	for _, group := range groups {
		var values []string
		for _, bar := range group.bars {
			values = append(values, fmt.Sprintf("%.1f for %s accounts", bar.value, bar.label))
		}
		steps = append(steps, group.name+": "+strings.Join(values, ", "))
	}
	return strings.Join(steps, "; ") + "."
}
