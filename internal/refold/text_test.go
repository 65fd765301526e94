// SPDX-License-Identifier: MPL-2.0

package refold

import "testing"

func TestIsAltered(t *testing.T) {
	for raw, want := range map[string]bool{
		``: false, `{"a":"plain"}`: false, `{"a":"é\u00e9😀"}`: false, `{"a":"\ud83d\ude00"}`: false, `{"a":"\uD83D\uDE00\uFFFD"}`: false, `{"a":"` + "\uFFFD" + `"}`: false,
		`{"a":"\\ud83d"}`: false, `{"a":"\\\ud83d"}`: true,
		`{"a":"\ud83d"}`: true, `{"a":"\ude00"}`: true, `{"a":"\ud83d\u0041"}`: true, `{"a":"\ud83dx"}`: true, `{"a":"\ude00\ud83d"}`: true, "{\"a\":\"\xff\"}": true,
		`"\ud83d`: true, `"\`: false, `"\ud8`: false,
	} {
		if got := isAltered([]byte(raw)); got != want {
			t.Errorf("%q: %t", raw, got)
		}
	}
}
